#include "features/cases/queue.h"

#include <algorithm>
#include <map>
#include <span>

#include "features/cases/closure.h"
#include "features/cases/queue_narrowed.h"
#include "features/cases/reading.h"
#include "features/cases/store.h"
#include "features/cases/together.h"
#include "kernel/enum_names.h"

namespace minhu::cases {

namespace {

constexpr std::int64_t longest_page = 200;

tl::unexpected<Fault> not_allowed() {
  return fail(FaultCode::not_allowed, "cases.not_allowed");
}

// One event of a case, as far as a line of a list tells of it.
struct Doing {
  std::int64_t seq = 0;
  UnitId unit;
  Instant at;
  bool spoke_up = false;      // the speaker added something, or urged
  bool of_an_office = false;  // and not of the program, or of whoever brought it
  bool is_work = false;       // more than to sign in, or a note
};
using Doings = std::map<CaseId, std::vector<Doing>>;

Doing doing_in(const Row& row) {
  const std::string_view kind = row.text(1);
  const auto role = accounts::role_named(row.text(2)).value_or(accounts::Role::anyone);
  Doing doing{row.integer(5), row.id<UnitId>(3), row.instant(4)};
  doing.spoke_up = role == accounts::Role::speaker &&
                   (kind == name(EventKind::supplemented) || kind == name(EventKind::urged));
  doing.of_an_office = role != accounts::Role::speaker && role != accounts::Role::anyone &&
                       role != accounts::Role::system;
  doing.is_work = kind != name(EventKind::signed_in) && kind != name(EventKind::noted);
  return doing;
}

Doings doings_of(Reading& reading, RegionId region, std::span<const CaseId> ids) {
  Doings doings;
  for_cases_at_once(region, ids, [&](const Parameters& these) {
    reading.query(
        "SELECT case_id, kind, role, unit_id, recorded_at, seq FROM case_event "
        "WHERE region_id = ?1 AND case_id IN " MINHU_CASES_AT_ONCE,
        these, [&](const Row& row) { doings[row.id<CaseId>(0)].push_back(doing_in(row)); });
  });
  const auto earlier = [](const Doing& a, const Doing& b) { return a.seq < b.seq; };
  for (auto& [id, each] : doings) {
    if (!std::is_sorted(each.begin(), each.end(), earlier)) {
      std::sort(each.begin(), each.end(), earlier);
    }
  }
  return doings;
}

bool half_gone(const Context& context, const CaseFile& file, UnitId unit,
               const std::vector<Doing>& doings) {
  const RunningClock* clock = next_due(file);
  if (clock == nullptr) return false;
  const std::int64_t half = (clock->due.unix_ms - clock->started.unix_ms) / 2;
  if (context.now.unix_ms < clock->started.unix_ms + half) return false;
  return std::none_of(doings.begin(), doings.end(), [&](const Doing& doing) {
    return doing.unit == unit && doing.at > clock->started && doing.is_work;
  });
}

// The cases that wait for the answer of one of these and that the actor may know of.
std::map<CaseId, std::vector<CaseId>> waiting_for(Reading& reading, RegionId region, Sight& sight,
                                                  std::span<const CaseId> ids) {
  const auto merged = merged_into(reading, region, ids);
  std::map<CaseId, CaseId> into;
  std::vector<CaseId> members;
  for (const auto& [lead, of_it] : merged) {
    for (const CaseId member : of_it) {
      into.emplace(member, lead);
      members.push_back(member);
    }
  }
  std::map<CaseId, std::vector<CaseId>> waiting;
  for (const CaseFile& member : load_files(reading, region, members)) {
    if (member.state != State::merged || member.erased || !sight.may_know(member)) continue;
    waiting[into.at(member.id)].push_back(member.id);
  }
  return waiting;
}

std::map<CaseId, Bytes> words_of(Reading& reading, const Context& context,
                                 const std::vector<CaseFile>& files) {
  std::vector<CaseId> with_words;
  for (const CaseFile& file : files) {
    if (!file.erased && !file.words.empty()) with_words.push_back(file.id);
  }
  return read_words(reading, context.county.region,
                    load_case_keys(reading, context.county.region, with_words, context.keyring));
}

// What the rows of a list need beside the cases, asked for all of them together.
class Lines {
 public:
  Lines(Reading& reading, const Context& context, Sight& sight, const std::vector<CaseFile>& files)
      : context_(context), words_(words_of(reading, context, files)) {
    const RegionId region = context.county.region;
    std::vector<CaseId> ids;
    for (const CaseFile& file : files) ids.push_back(file.id);
    waiting_ = waiting_for(reading, region, sight, ids);
    for (const auto& [into, members] : waiting_)
      ids.insert(ids.end(), members.begin(), members.end());
    std::sort(ids.begin(), ids.end());  // a merged case may be listed by itself, too
    ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
    doings_ = doings_of(reading, region, ids);
  }

  Result<QueueLine> line(CaseFile&& file, Part part) const {
    QueueLine line;
    line.file = std::move(file);
    line.part = part;
    line.left = time_left(context_.county, line.file, context_.now);
    if (!line.file.erased && !line.file.words.empty()) {
      const auto words = words_.find(line.file.id);
      if (words == words_.end()) return fail(FaultCode::gone, "cases.erased");
      line.headline = headline(said_of(to_text(words->second)));
    }
    const auto& doings = doings_in(line.file.id);
    Instant office_last;
    for (const Doing& doing : doings) {
      if (doing.spoke_up) line.news = true;
      if (!doing.of_an_office) continue;
      line.news = false;
      office_last = doing.at;
    }
    if (const auto members = waiting_.find(line.file.id); members != waiting_.end()) {
      for (const CaseId member : members->second) {
        ++line.joined;
        for (const Doing& doing : doings_in(member)) {
          if (doing.spoke_up && doing.at > office_last) line.news = true;
        }
      }
    }
    line.half_gone = half_gone(context_, line.file, context_.actor.unit, doings);
    return line;
  }

 private:
  const std::vector<Doing>& doings_in(CaseId id) const {
    static const std::vector<Doing> none;
    const auto found = doings_.find(id);
    return found == doings_.end() ? none : found->second;
  }

  const Context& context_;
  std::map<CaseId, Bytes> words_;
  std::map<CaseId, std::vector<CaseId>> waiting_;
  Doings doings_;
};

// Adds the cases that the actor may read to a list of at most `limit` lines, in the order in which
// they were found; true when there was one too many for it. `at` hears where each line stands.
template <class Cursor, class At>
Result<bool> add_lines(Reading& reading, const Context& context, Sight& sight, Part part,
                       const std::vector<Cursor>& found, std::size_t limit,
                       std::vector<QueueLine>& lines, At&& at) {
  std::vector<CaseId> ids;
  for (const Cursor& cursor : found) ids.push_back(cursor.case_id);
  std::map<CaseId, const Cursor*> cursors;
  for (const Cursor& cursor : found) cursors.emplace(cursor.case_id, &cursor);
  std::vector<CaseFile> readable;
  bool one_too_many = false;
  for (CaseFile& file : load_files(reading, context.county.region, ids)) {
    if (!sight.may_read(file)) continue;
    one_too_many = lines.size() + readable.size() == limit;
    if (one_too_many) break;
    readable.push_back(std::move(file));
  }
  const Lines details(reading, context, sight, readable);
  for (CaseFile& file : readable) {
    const Cursor& cursor = *cursors.at(file.id);
    MINHU_TRY(QueueLine line, details.line(std::move(file), part));
    at(line, cursor);
    lines.push_back(std::move(line));
  }
  return one_too_many;
}

}  // namespace

MINHU_ENUM_NAMES(DueWithin, week, "overdue", "today", "three_days", "week")
std::optional<DueWithin> due_within_named(std::string_view text) noexcept {
  return DueWithin_names.named(text);
}

bool to_be_done_again(const CaseFile& file) {
  return file.reopened > 0 || file.solved == Solved::no ||
         file.satisfaction == Satisfaction::dissatisfied;
}

Result<QueuePage> queue_of(Reading& reading, const Context& context, const QueueQuery& query,
                           std::optional<QueueCursor> after, std::int64_t limit) {
  if (!may_list(context)) return not_allowed();
  limit = std::clamp<std::int64_t>(limit, 1, longest_page);
  const DueSpan span = span_of(context, query.due);
  QueuePage page;
  Sight sight(reading, context);
  for (;;) {
    // One more than is shown tells whether there is a next page; hidden ones are not seen at all.
    const auto found = queue_candidates(reading, context, query, span, after, limit + 1);
    MINHU_TRY(const bool one_too_many,
              add_lines(reading, context, sight, query.part, found, static_cast<std::size_t>(limit),
                        page.lines,
                        [](QueueLine& line, const QueueCursor& cursor) { line.cursor = cursor; }));
    if (one_too_many) page.next = page.lines.back().cursor;
    if (one_too_many || static_cast<std::int64_t>(found.size()) <= limit) return page;
    after = found.back();
  }
}

Result<HandledPage> handled_by(Reading& reading, const Context& context, std::optional<State> state,
                               std::optional<HandledCursor> after, std::int64_t limit) {
  if (!may_list(context)) return not_allowed();
  limit = std::clamp<std::int64_t>(limit, 1, longest_page);
  HandledPage page;
  Sight sight(reading, context);
  Uuid last;
  last.fill(0xFF);
  for (;;) {
    const auto found = reading.all(
        "SELECT changed_at, case_id FROM case_file WHERE region_id = ?1 AND lead_unit = ?2 "
        "AND (changed_at, case_id) < (?3, ?4) AND (?5 = '' OR state = ?5) "
        "ORDER BY changed_at DESC, case_id DESC LIMIT ?6",
        {param(context.county.region), param(context.actor.unit),
         after ? after->changed_at.unix_ms : end_of_time,
         after ? param(after->case_id) : Parameter(BytesView(last)), text_or_any(state), limit + 1},
        [](const Row& row) { return HandledCursor{row.instant(0), row.id<CaseId>(1)}; });
    MINHU_TRY(const bool one_too_many,
              add_lines(reading, context, sight, Part::lead, found, static_cast<std::size_t>(limit),
                        page.lines, [](QueueLine&, const HandledCursor&) {}));
    if (one_too_many) {
      page.next = HandledCursor{page.lines.back().file.changed_at, page.lines.back().file.id};
    }
    if (one_too_many || static_cast<std::int64_t>(found.size()) <= limit) return page;
    after = found.back();
  }
}

}  // namespace minhu::cases
