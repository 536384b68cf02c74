#include "features/promises/publishing.h"

#include <algorithm>
#include <map>
#include <set>

#include "features/cases/store.h"
#include "features/promises/posts.h"
#include "features/promises/sight.h"
#include "features/promises/store.h"
#include "features/rights/publication.h"

namespace minhu::promises {

namespace {

using CasesOfPromises = std::map<cases::CaseId, cases::CaseFile>;
CasesOfPromises cases_of(Reading& reading, RegionId region, const std::vector<PromiseRow>& rows) {
  std::set<cases::CaseId> ids;
  for (const PromiseRow& row : rows) {
    if (!row.case_id.empty()) ids.insert(row.case_id);
  }
  const std::vector<cases::CaseId> all(ids.begin(), ids.end());
  CasesOfPromises found;
  for (cases::CaseFile& file : cases::load_files(reading, region, all)) {
    found.emplace(file.id, std::move(file));
  }
  return found;
}

// A sealed case, one whose accusation is not decided, a report of retaliation and what somebody had
// erased are not hinted at: that a post promised somebody something would tell of it.
bool may_be_told(const CasesOfPromises& cases, cases::CaseId id) {
  if (id.empty()) return true;
  const auto found = cases.find(id);
  return found != cases.end() && !is_behind_the_seal(found->second) && !found->second.erased &&
         rights::can_be_published(found->second);
}

// What an office wrote of the matter of one person.
void withhold(PublicPromise& one) {
  one.withheld = true;
  one.words.clear();
  one.place.clear();
  one.reason.clear();
  one.finding.clear();
  for (DueChange& change : one.due_changes) change.reason.clear();
}

PublicPromise shown(const Promise& promise, const std::string& today) {
  PublicPromise one;
  one.id = promise.id;
  one.state = promise.state;
  one.overdue = promise.overdue(today);
  one.words = promise.publication->words;
  one.place = promise.publication->place;
  // The day of a receipt and the day of a promise would tell who stood there.
  one.promised_on =
      promise.case_id.empty() ? promise.promised_on : promise.promised_on.substr(0, 7);
  one.due = promise.due;
  one.first_due = promise.first_due;
  one.due_changes = promise.due_changes;
  one.said_by = promise.said_by;
  one.unit = promise.unit;
  one.reason = promise.reason;
  if (promise.verification) {
    one.finding = promise.verification->finding;
    one.proof = promise.verification->proof;
  }
  for (const Report& report : promise.reports) one.evidence += report.evidence.size();
  one.handed_over = static_cast<std::int64_t>(promise.relays.size());
  return one;
}

}  // namespace

PublicList for_everybody(Reading& reading, const cases::County& county, Instant now) {
  const std::string today = format_date(to_date(now, county.rules.zone));
  std::map<PostId, std::string> titles;
  for (const Post& post : all_posts(reading, county.region)) titles[post.id] = post.title;
  PublicList list;
  const std::vector<PromiseRow> rows = all_rows(reading, county.region);
  const CasesOfPromises cases = cases_of(reading, county.region, rows);
  for (const PromiseRow& row : rows) {
    if (!may_be_told(cases, row.case_id)) continue;
    if (!row.is_public) {
      ++list.not_yet_shown;
      continue;
    }
    const auto promise = load_promise(reading, county.region, row.id);
    // What the events say decides, whatever the row says.
    if (!promise || !may_be_told(cases, promise->case_id)) continue;
    if (!promise->publication) {
      ++list.not_yet_shown;
      continue;
    }
    list.promises.push_back(shown(*promise, today));
    const bool agreed =
        promise->case_id.empty() ||
        rights::may_be_published(reading, county.region, cases.at(promise->case_id));
    if (!agreed) withhold(list.promises.back());
    list.promises.back().post = titles[promise->post];
  }
  std::stable_partition(list.promises.begin(), list.promises.end(),
                        [](const PublicPromise& one) { return one.overdue; });
  return list;
}

}  // namespace minhu::promises
