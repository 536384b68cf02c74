#include "features/cases/queue.h"

#include <algorithm>
#include <limits>
#include <map>
#include <span>

#include "features/cases/closure.h"
#include "features/cases/reading.h"
#include "features/cases/store.h"
#include "features/cases/together.h"
#include "kernel/enum_names.h"

namespace minhu::cases {

namespace {

constexpr std::int64_t counted_up_to = 1000;
constexpr std::int64_t longest_page = 200;
constexpr std::int64_t end_of_time = std::numeric_limits<std::int64_t>::max();
constexpr Part every_part[] = {Part::dispatch,  Part::lead,  Part::co,     Part::call_back,
                               Part::close,     Part::asked, Part::review, Part::transcribe,
                               Part::ask_again, Part::reopen};

tl::unexpected<Fault> not_allowed() {
  return fail(FaultCode::not_allowed, "cases.not_allowed");
}

struct Span {
  std::int64_t from = 0;
  std::int64_t to = end_of_time;
};

// A case without a running date stands at the end of time and is due within nothing.
Span span_of(const Context& context, std::optional<DueWithin> due) {
  if (!due) return {};
  const FixedZone zone = context.county.rules.zone;
  const Date today = to_date(context.now, zone);
  const auto end_of = [&](Date day) {
    return start_of_day(day + std::chrono::days(1), zone).unix_ms - 1;
  };
  switch (*due) {
    case DueWithin::overdue:
      return {0, context.now.unix_ms - 1};
    case DueWithin::today:
      return {context.now.unix_ms, end_of(today)};
    case DueWithin::three_days:
      return {context.now.unix_ms,
              end_of(context.county.rules.calendar.working_days_after(today, 3))};
    case DueWithin::week:
      return {context.now.unix_ms, end_of(today + std::chrono::days(7))};
  }
  return {};
}

// The texts and flags of a query as they stand in the statements; it owns what they point to.
struct Narrowed {
  explicit Narrowed(const Context& context, const QueueQuery& query)
      : span(span_of(context, query.due)), place(query.place + '%') {}
  Span span;
  std::string place;
};
std::string_view text_or_any(const auto& value) {
  return value ? name(*value) : std::string_view();
}

// The places in one queue whose cases fit a query: parameters ?1 to ?15, as given by of(), and open
// for more about the case c: whoever uses it says ") = 1". Not a join: a planner that guesses how
// many cases fit all of this guesses far too few, begins with the cases of the whole county and
// reads the queue once for each of them (PostgreSQL: 8 s for 511 places among 3,700 cases). A
// question within the row leaves no choice: the queue in its order, and each of its cases by its
// key.
#define MINHU_NARROWED_QUEUE                                                                   \
  "FROM queue_entry AS q "                                                                     \
  "WHERE q.region_id = ?1 AND q.unit_id = ?2 AND q.part = ?3 AND q.due >= ?4 AND q.due <= ?5 " \
  "AND (SELECT 1 FROM case_file AS c WHERE c.region_id = ?1 AND c.case_id = q.case_id "        \
  "AND (?6 = '' OR c.state = ?6) AND (?7 = '' OR c.track = ?7) "                               \
  "AND (?8 = '' OR c.channel = ?8) AND (?9 = '' OR c.category = ?9) AND c.place LIKE ?10 "     \
  "AND c.returned >= ?11 AND c.reopened >= ?12 AND c.urged >= ?13 "                            \
  "AND c.joint_conference >= ?14 AND (?15 = 0 OR c.reopened > 0 OR c.solved = 'no' "           \
  "OR c.satisfaction = 'dissatisfied') "

Parameters of(const Context& context, const QueueQuery& query, const Narrowed& narrowed) {
  return {param(context.county.region),
          param(context.actor.unit),
          name(query.part),
          narrowed.span.from,
          narrowed.span.to,
          text_or_any(query.state),
          text_or_any(query.track),
          text_or_any(query.channel),
          std::string_view(query.category),
          std::string_view(narrowed.place),
          std::int64_t{query.returned},
          std::int64_t{query.reopened},
          std::int64_t{query.urged},
          std::int64_t{query.joint_conference},
          std::int64_t{query.redo}};
}

std::vector<QueueCursor> candidates(Reading& reading, const Context& context,
                                    const QueueQuery& query, const Narrowed& narrowed,
                                    const std::optional<QueueCursor>& after, std::int64_t limit) {
  const Uuid zero{};
  Parameters parameters = of(context, query, narrowed);
  parameters.add(after ? after->due : std::int64_t{-1});
  parameters.add(after ? param(after->case_id) : Parameter(BytesView(zero)));
  parameters.add(limit);
  return reading.all(
      "SELECT q.due, q.case_id " MINHU_NARROWED_QUEUE
      ") = 1 AND (q.due, q.case_id) > (?16, ?17) ORDER BY q.due, q.case_id LIMIT ?18",
      parameters, [](const Row& row) { return QueueCursor{row.integer(0), row.id<CaseId>(1)}; });
}

// Those that name nobody and are no accusation: whoever may read the part may read them.
std::int64_t count_open_to_all(Reading& reading, const Context& context, const QueueQuery& query,
                               const Narrowed& narrowed) {
  Parameters parameters = of(context, query, narrowed);
  parameters.add(counted_up_to);
  return reading
      .first("SELECT count(*) FROM (SELECT 1 " MINHU_NARROWED_QUEUE
             "AND coalesce(length(c.complained_of), 0) = 0 "
             "AND coalesce(length(c.accused_people), 0) = 0 AND coalesce(length(c.recused), 0) "
             "= 0 "
             "AND c.track <> 'accusation') = 1 LIMIT ?16) AS counted",
             parameters, [](const Row& row) { return row.integer(0); })
      .value_or(0);
}

std::vector<CaseId> candidates_that_name(Reading& reading, const Context& context,
                                         const QueueQuery& query, const Narrowed& narrowed) {
  Parameters parameters = of(context, query, narrowed);
  parameters.add(counted_up_to);
  return reading.all("SELECT q.case_id " MINHU_NARROWED_QUEUE
                     "AND (length(c.complained_of) > 0 OR length(c.accused_people) > 0 "
                     "OR length(c.recused) > 0)) = 1 ORDER BY q.due, q.case_id LIMIT ?16",
                     parameters, [](const Row& row) { return row.id<CaseId>(0); });
}

// What a unit that stands in that part of a queue is to the case.
accounts::Relation relation_in(Part part) {
  switch (part) {
    case Part::dispatch:
    case Part::call_back:
    case Part::close:
    case Part::ask_again:
    case Part::reopen:
    case Part::transcribe:
      return accounts::Relation::dispatching_body;
    case Part::lead:
      return accounts::Relation::lead_unit;
    case Part::co:
      return accounts::Relation::co_unit;
    case Part::asked:
      return accounts::Relation::asked_unit;
    case Part::review:
      return accounts::Relation::review_unit;
  }
  return accounts::Relation::none;
}

struct Doing {
  EventKind kind = EventKind::noted;
  accounts::Role role = accounts::Role::anyone;
  UnitId unit;
  Instant at;
};
using Doings = std::map<CaseId, std::vector<Doing>>;
Doings doings_of(Reading& reading, RegionId region, std::span<const CaseId> ids) {
  std::map<CaseId, std::map<std::int64_t, Doing>> by_seq;
  for_cases_at_once(region, ids, [&](const Parameters& these) {
    reading.query(
        "SELECT case_id, kind, role, unit_id, recorded_at, seq FROM case_event "
        "WHERE region_id = ?1 AND case_id IN " MINHU_CASES_AT_ONCE,
        these, [&](const Row& row) {
          by_seq[row.id<CaseId>(0)].emplace(
              row.integer(5),
              Doing{named<EventKind>(row.text(1)).value_or(EventKind::noted),
                    accounts::role_named(row.text(2)).value_or(accounts::Role::anyone),
                    row.id<UnitId>(3), row.instant(4)});
        });
  });
  Doings doings;
  for (const auto& [id, each] : by_seq) {
    for (const auto& [seq, doing] : each) doings[id].push_back(doing);
  }
  return doings;
}

bool spoke_up(const Doing& doing) {
  return doing.role == accounts::Role::speaker &&
         (doing.kind == EventKind::supplemented || doing.kind == EventKind::urged);
}
bool of_an_office(const Doing& doing) {
  return doing.role != accounts::Role::speaker && doing.role != accounts::Role::anyone &&
         doing.role != accounts::Role::system;
}

bool half_gone(const Context& context, const CaseFile& file, UnitId unit,
               const std::vector<Doing>& doings) {
  const RunningClock* clock = next_due(file);
  if (clock == nullptr) return false;
  const std::int64_t half = (clock->due.unix_ms - clock->started.unix_ms) / 2;
  if (context.now.unix_ms < clock->started.unix_ms + half) return false;
  return std::none_of(doings.begin(), doings.end(), [&](const Doing& doing) {
    return doing.unit == unit && doing.at > clock->started && doing.kind != EventKind::signed_in &&
           doing.kind != EventKind::noted;
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
      if (spoke_up(doing)) line.news = true;
      if (!of_an_office(doing)) continue;
      line.news = false;
      office_last = doing.at;
    }
    if (const auto members = waiting_.find(line.file.id); members != waiting_.end()) {
      for (const CaseId member : members->second) {
        ++line.joined;
        for (const Doing& doing : doings_in(member)) {
          if (spoke_up(doing) && doing.at > office_last) line.news = true;
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

bool may_list(const Context& context) {
  return accounts::decide(context.actor, "queue:read").allowed && !context.actor.unit.empty();
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
  const Narrowed narrowed(context, query);
  QueuePage page;
  Sight sight(reading, context);
  for (;;) {
    // One more than is shown tells whether there is a next page; hidden ones are not seen at all.
    const auto found = candidates(reading, context, query, narrowed, after, limit + 1);
    MINHU_TRY(const bool one_too_many,
              add_lines(reading, context, sight, query.part, found, static_cast<std::size_t>(limit),
                        page.lines,
                        [](QueueLine& line, const QueueCursor& cursor) { line.cursor = cursor; }));
    if (one_too_many) page.next = page.lines.back().cursor;
    if (one_too_many || static_cast<std::int64_t>(found.size()) <= limit) return page;
    after = found.back();
  }
}

std::int64_t queue_count(Reading& reading, const Context& context, const QueueQuery& query) {
  if (!may_list(context)) return 0;
  const Narrowed narrowed(context, query);
  const RegionId region = context.county.region;
  std::int64_t count = 0;
  Sight sight(reading, context);
  const auto add_readable = [&](const std::vector<CaseId>& ids) {
    for (const CaseFile& file : load_files(reading, region, ids)) {
      if (sight.may_read(file)) ++count;
    }
  };
  if (accounts::decide(context.actor, "case:read", relation_in(query.part)).allowed) {
    count = count_open_to_all(reading, context, query, narrowed);
    // What names somebody is asked about each: registers may have changed since it came here.
    add_readable(candidates_that_name(reading, context, query, narrowed));
  } else {
    // The role reads nothing by standing in this part, but perhaps by another part in the case.
    std::vector<CaseId> ids;
    for (const QueueCursor& cursor :
         candidates(reading, context, query, narrowed, std::nullopt, counted_up_to)) {
      ids.push_back(cursor.case_id);
    }
    add_readable(ids);
  }
  return std::min(count, counted_up_to);
}

std::vector<QueueCount> queue_counts(Reading& reading, const Context& context) {
  std::vector<QueueCount> counts;
  for (const Part part : every_part) {
    QueueQuery query;
    query.part = part;
    counts.push_back({part, queue_count(reading, context, query)});
  }
  return counts;
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
