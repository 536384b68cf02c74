#include "features/cases/queue.h"

#include <algorithm>
#include <map>
#include <span>

#include "features/cases/closure.h"
#include "features/cases/known_cases.h"
#include "features/cases/queue_narrowed.h"
#include "features/cases/queue_rows.h"
#include "features/cases/store.h"
#include "kernel/enum_names.h"

namespace minhu::cases {

namespace {

constexpr std::int64_t longest_page = 200;

tl::unexpected<Fault> not_allowed() {
  return fail(FaultCode::not_allowed, "cases.not_allowed");
}

bool half_gone(const Context& context, const CaseFile& file, UnitId unit, const Doings& doings) {
  const RunningClock* clock = next_due(file);
  if (clock == nullptr) return false;
  const std::int64_t half = (clock->due.unix_ms - clock->started.unix_ms) / 2;
  if (context.now.unix_ms < clock->started.unix_ms + half) return false;
  return std::none_of(doings.begin(), doings.end(), [&](const Doing& doing) {
    return doing.unit == unit && doing.at > clock->started && doing.is_work;
  });
}

// The cases that wait for the answer of one of these and that the actor may know of, by the case
// whose answer it is.
using Waiters = std::map<CaseId, std::vector<KnownCase>>;
Waiters waiting_for(Reading& reading, RegionId region, Sight& sight, KnownCases& cases,
                    std::span<const KnownCase> listed) {
  std::vector<CaseId> ids;
  for (const KnownCase& each : listed) ids.push_back(each.file->id);
  std::map<CaseId, CaseId> into;
  std::vector<CaseId> members;
  for (const auto& [lead, of_it] : merged_into(reading, region, ids)) {
    for (const CaseId member : of_it) {
      into.emplace(member, lead);
      members.push_back(member);
    }
  }
  std::vector<KnownCase> known;
  for (KnownCase& member : cases.find(members)) {
    const CaseFile& file = *member.file;
    if (file.state != State::merged || file.erased || !sight.may_know(file)) continue;
    known.push_back(std::move(member));
  }
  cases.add_doings(known);
  cases.remember(known);
  Waiters waiting;
  for (KnownCase& member : known) waiting[into.at(member.file->id)].push_back(std::move(member));
  return waiting;
}

// What the rows of a list need beside the cases, asked for all of them together.
class Lines {
 public:
  Lines(Reading& reading, const Context& context, Sight& sight, KnownCases& cases,
        std::span<KnownCase> listed)
      : context_(context),
        waiting_(waiting_for(reading, context.county.region, sight, cases, listed)),
        headlines_(cases.headlines(listed)) {
    cases.add_doings(listed);
  }

  QueueLine line(const KnownCase& known, Part part) const {
    QueueLine line;
    line.file = *known.file;
    line.part = part;
    line.left = time_left(context_.county, line.file, context_.now);
    if (const auto found = headlines_.find(line.file.id); found != headlines_.end()) {
      line.headline = found->second;
    }
    Instant office_last;
    for (const Doing& doing : *known.doings) {
      if (doing.spoke_up) line.news = true;
      if (!doing.of_an_office) continue;
      line.news = false;
      office_last = doing.at;
    }
    if (const auto members = waiting_.find(line.file.id); members != waiting_.end()) {
      for (const KnownCase& member : members->second) {
        ++line.joined;
        for (const Doing& doing : *member.doings) {
          if (doing.spoke_up && doing.at > office_last) line.news = true;
        }
      }
    }
    line.half_gone = half_gone(context_, line.file, context_.actor.unit, *known.doings);
    return line;
  }

 private:
  const Context& context_;
  Waiters waiting_;
  std::map<CaseId, std::string> headlines_;
};

// Adds the cases that the actor may read to a list of at most `limit` lines, in the order in which
// they were found; true when there was one too many for it. `at` hears where each line stands.
template <class Cursor, class At>
bool add_lines(Reading& reading, const Context& context, Sight& sight, Part part,
               const std::vector<Cursor>& found, std::size_t limit, std::vector<QueueLine>& lines,
               At&& at) {
  std::vector<CaseId> ids;
  for (const Cursor& cursor : found) ids.push_back(cursor.case_id);
  std::map<CaseId, const Cursor*> cursors;
  for (const Cursor& cursor : found) cursors.emplace(cursor.case_id, &cursor);
  KnownCases cases(reading, context);
  std::vector<KnownCase> known = cases.find(ids);
  std::vector<KnownCase> readable;
  bool one_too_many = false;
  for (const KnownCase& each : known) {
    if (!sight.may_read(*each.file)) continue;
    one_too_many = lines.size() + readable.size() == limit;
    if (one_too_many) break;
    readable.push_back(each);
  }
  const Lines details(reading, context, sight, cases, readable);
  cases.remember(known);  // also what is hidden from this actor, so that it costs no more
  cases.remember(readable);
  for (const KnownCase& each : readable) {
    const Cursor& cursor = *cursors.at(each.file->id);
    QueueLine line = details.line(each, part);
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
    const bool one_too_many = add_lines(
        reading, context, sight, query.part, found, static_cast<std::size_t>(limit), page.lines,
        [](QueueLine& line, const QueueCursor& cursor) { line.cursor = cursor; });
    if (one_too_many) page.next = page.lines.back().cursor;
    if (one_too_many || static_cast<std::int64_t>(found.size()) <= limit) return page;
    after = found.back();
  }
}

Result<std::optional<QueueLine>> queue_line_of(Reading& reading, const Context& context, Part part,
                                               CaseId id) {
  if (!may_list(context)) return not_allowed();
  Sight sight(reading, context);
  const auto file = sight.find(id);
  if (!file) return std::nullopt;
  // By its whole key: a part of a queue may be long.
  const auto found = reading.all(
      "SELECT due, case_id FROM queue_entry WHERE region_id = ?1 AND unit_id = ?2 AND part = ?3 "
      "AND due = ?4 AND case_id = ?5",
      {param(context.county.region), param(context.actor.unit), name(part), due_in_queues(*file),
       param(id)},
      [](const Row& row) { return QueueCursor{row.integer(0), row.id<CaseId>(1)}; });
  std::vector<QueueLine> lines;
  add_lines(reading, context, sight, part, found, 1, lines,
            [](QueueLine& line, const QueueCursor& cursor) { line.cursor = cursor; });
  return lines.empty() ? std::nullopt : std::optional(std::move(lines.front()));
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
    const bool one_too_many =
        add_lines(reading, context, sight, Part::lead, found, static_cast<std::size_t>(limit),
                  page.lines, [](QueueLine&, const HandledCursor&) {});
    if (one_too_many) {
      page.next = HandledCursor{page.lines.back().file.changed_at, page.lines.back().file.id};
    }
    if (one_too_many || static_cast<std::int64_t>(found.size()) <= limit) return page;
    after = found.back();
  }
}

}  // namespace minhu::cases
