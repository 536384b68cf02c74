// How many places of a queue the actor may read. Most cases name nobody and are read by whoever may
// read the part: they are counted from the key of the queue alone. Those that stand in named_case
// are asked about each.
#include <algorithm>
#include <map>

#include "features/cases/closure.h"
#include "features/cases/queue_narrowed.h"
#include "features/cases/queue_rows.h"
#include "features/cases/queue_summaries.h"
#include "features/cases/store.h"

namespace minhu::cases {

namespace {

constexpr std::int64_t counted_up_to = 1000;
// Of a queue the first places, twice as many as are told of: as many as that may be taken off
// again, and however long it is, nobody waits for the rest.
constexpr std::int64_t looked_at = 2 * counted_up_to;
constexpr Part every_part[] = {Part::dispatch,  Part::lead,  Part::co,     Part::call_back,
                               Part::close,     Part::asked, Part::review, Part::transcribe,
                               Part::ask_again, Part::reopen};

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

// A case of a queue that is asked about: whether the actor may read it.
struct Asked {
  std::int64_t due = 0;
  bool may_be_read = false;
  bool returned = false;
  bool redo = false;
};

// Of a place q.
#define MINHU_NAMES_SOMEBODY \
  "(SELECT 1 FROM named_case AS n WHERE n.region_id = ?1 AND n.case_id = q.case_id) = 1"

class Counting {
 public:
  Counting(Reading& reading, const Context& context)
      : reading_(reading), context_(context), sight_(reading, context) {}

  std::int64_t count(const QueueQuery& query) {
    const DueSpan span = span_of(context_, query.due);
    const std::int64_t places = places_in(query.part, span);
    if (places == 0) return 0;
    if (!may_read_all_of(query.part)) {
      // The role reads nothing by standing in this part, but perhaps by another part in the case.
      std::vector<CaseId> ids;
      for (const QueueCursor& cursor :
           queue_candidates(reading_, context_, query, span, std::nullopt, counted_up_to)) {
        ids.push_back(cursor.case_id);
      }
      return readable(ids);
    }
    if (!asks_about_the_case(query)) {
      if (const auto counted = count_by_key(query.part, span, places)) return *counted;
    }
    const std::int64_t open_to_all = count_open_to_all(query, span);
    if (open_to_all >= counted_up_to) return counted_up_to;
    // What names somebody is asked about each: registers may have changed since it came here.
    return std::min(open_to_all + readable(candidates_that_name(query, span)), counted_up_to);
  }

  QueueSummary summary(Part part) {
    QueueSummary all{part};
    const std::int64_t places = places_in(part, {});
    if (places == 0) return all;
    if (!may_read_all_of(part)) {
      if (const auto asked = all_in(part)) return summary(part, *asked);
    } else if (const auto named = named_in(part, {})) {
      const auto span_holds = [](const DueSpan& span) {
        return [span](const Asked& one) { return span.holds(one.due); };
      };
      all.waiting = with_named(places, *named, span_holds({}));
      // Whatever is overdue stands before everything that is not.
      const DueSpan overdue = span_of(context_, DueWithin::overdue);
      all.overdue = with_named(places_in(part, overdue), *named, span_holds(overdue));
      const DueSpan soon = span_of(context_, DueWithin::three_days);
      const auto named_soon = places < looked_at ? named : named_in(part, soon);
      const auto returned = marked(part, Mark::returned);
      const auto redo = marked(part, Mark::redo);
      if (named_soon && returned && redo) {
        all.three_days = with_named(places_in(part, soon), *named_soon, span_holds(soon));
        all.returned = *returned;
        all.redo = *redo;
        return all;
      }
    }
    const auto counted = [&](auto&& narrow) {
      QueueQuery query;
      query.part = part;
      narrow(query);
      return count(query);
    };
    all.waiting = counted([](QueueQuery&) {});
    if (all.waiting == 0) return all;
    all.overdue = counted([](QueueQuery& query) { query.due = DueWithin::overdue; });
    all.three_days = counted([](QueueQuery& query) { query.due = DueWithin::three_days; });
    all.returned = counted([](QueueQuery& query) { query.returned = true; });
    all.redo = counted([](QueueQuery& query) { query.redo = true; });
    return all;
  }

 private:
  bool may_read_all_of(Part part) const {
    return accounts::decide(context_.actor, "case:read", relation_in(part)).allowed;
  }

  std::int64_t readable(const std::vector<CaseId>& ids) {
    const auto files = load_files(reading_, context_.county.region, ids);
    return std::count_if(files.begin(), files.end(),
                         [&](const CaseFile& file) { return sight_.may_read(file); });
  }

  // Nothing when too many name somebody to ask about each.
  std::optional<std::int64_t> count_by_key(Part part, DueSpan span, std::int64_t places) {
    const auto named = named_in(part, span);
    if (!named) return std::nullopt;
    return with_named(places, *named, [](const Asked&) { return true; });
  }

  // From every place of the part.
  QueueSummary summary(Part part, const std::vector<Asked>& asked) const {
    const auto of = [&](auto&& fits) {
      return static_cast<std::int64_t>(
          std::count_if(asked.begin(), asked.end(),
                        [&](const Asked& one) { return one.may_be_read && fits(one); }));
    };
    const DueSpan overdue = span_of(context_, DueWithin::overdue);
    const DueSpan soon = span_of(context_, DueWithin::three_days);
    return {part,
            of([](const Asked&) { return true; }),
            of([&](const Asked& one) { return overdue.holds(one.due); }),
            of([&](const Asked& one) { return soon.holds(one.due); }),
            of([](const Asked& one) { return one.returned; }),
            of([](const Asked& one) { return one.redo; })};
  }

  // Of so many places, those that need not be asked about and of the others those that may be read.
  template <class Fits>
  static std::int64_t with_named(std::int64_t places, const std::vector<Asked>& named,
                                 Fits&& fits) {
    for (const Asked& one : named) {
      if (fits(one) && !one.may_be_read) --places;
    }
    return std::min(places, counted_up_to);
  }

  std::int64_t places_in(Part part, DueSpan span) {
    return reading_
        .first(
            "SELECT count(*) FROM (SELECT 1 FROM queue_entry AS q WHERE q.region_id = ?1 "
            "AND q.unit_id = ?2 AND q.part = ?3 AND q.due >= ?4 AND q.due <= ?5 LIMIT ?6) "
            "AS counted",
            {param(context_.county.region), param(context_.actor.unit), name(part), span.from,
             span.to, looked_at},
            [](const Row& row) { return row.integer(0); })
        .value_or(0);
  }

  std::optional<std::vector<Asked>> named_in(Part part, DueSpan span) {
    const auto found = reading_.all(
        "SELECT q.due, q.case_id FROM (SELECT e.due, e.case_id FROM queue_entry AS e "
        "WHERE e.region_id = ?1 AND e.unit_id = ?2 AND e.part = ?3 AND e.due >= ?4 AND e.due <= ?5 "
        "ORDER BY e.due, e.case_id LIMIT ?6) AS q WHERE " MINHU_NAMES_SOMEBODY
        " ORDER BY q.due, q.case_id LIMIT ?7",
        {param(context_.county.region), param(context_.actor.unit), name(part), span.from, span.to,
         looked_at, counted_up_to},
        [](const Row& row) { return QueueCursor{row.integer(0), row.id<CaseId>(1)}; });
    return asked_about(found);
  }

  // For a role that reads nothing by standing in the part: every case is asked about.
  std::optional<std::vector<Asked>> all_in(Part part) {
    return asked_about(
        queue_candidates(reading_, context_, {.part = part}, {}, std::nullopt, counted_up_to));
  }

  // Nothing when there are too many.
  std::optional<std::vector<Asked>> asked_about(const std::vector<QueueCursor>& found) {
    if (static_cast<std::int64_t>(found.size()) == counted_up_to) return std::nullopt;
    std::vector<CaseId> ids;
    for (const QueueCursor& one : found) ids.push_back(one.case_id);
    std::map<CaseId, Asked> known;
    for (const CaseFile& file : load_files(reading_, context_.county.region, ids)) {
      known[file.id] = {0, sight_.may_read(file), file.returned > 0, to_be_done_again(file)};
    }
    std::vector<Asked> asked;
    for (const QueueCursor& one : found) {
      asked.push_back(known[one.case_id]);
      asked.back().due = one.due;
    }
    return asked;
  }

  // Those with the mark; nothing when too many of them name somebody. A mark counts where the case
  // waits: what a program of before there were marks has taken away left its mark behind.
  std::optional<std::int64_t> marked(Part part, Mark mark) {
    std::int64_t places = 0;
    std::vector<QueueCursor> named;
    reading_.query("SELECT q.due, q.case_id, " MINHU_NAMES_SOMEBODY
                   " FROM (SELECT m.due, m.case_id FROM queue_mark AS m WHERE m.region_id = ?1 "
                   "AND m.unit_id = ?2 AND m.part = ?3 AND m.mark = ?4 "
                   "AND (SELECT 1 FROM queue_entry AS e WHERE e.region_id = ?1 AND e.unit_id = ?2 "
                   "AND e.part = ?3 AND e.due = m.due AND e.case_id = m.case_id) = 1 "
                   "ORDER BY m.due, m.case_id LIMIT ?5) AS q ORDER BY q.due, q.case_id",
                   {param(context_.county.region), param(context_.actor.unit), name(part),
                    name(mark), looked_at},
                   [&](const Row& row) {
                     ++places;
                     if (!row.is_null(2)) named.push_back({row.integer(0), row.id<CaseId>(1)});
                   });
    if (std::ssize(named) >= counted_up_to) return std::nullopt;
    return with_named(places, *asked_about(named), [](const Asked&) { return true; });
  }

  // Those that name nobody and are no accusation: whoever may read the part may read them.
  std::int64_t count_open_to_all(const QueueQuery& query, DueSpan span) {
    Parameters parameters = queue_parameters(context_, query, span);
    parameters.add(counted_up_to);
    return reading_
        .first("SELECT count(*) FROM (SELECT 1 " MINHU_NARROWED_QUEUE
               "AND coalesce(length(c.complained_of), 0) = 0 "
               "AND coalesce(length(c.accused_people), 0) = 0 AND coalesce(length(c.recused), 0) "
               "= 0 "
               "AND c.track <> 'accusation') = 1 LIMIT ?16) AS counted",
               parameters, [](const Row& row) { return row.integer(0); })
        .value_or(0);
  }

  std::vector<CaseId> candidates_that_name(const QueueQuery& query, DueSpan span) {
    Parameters parameters = queue_parameters(context_, query, span);
    parameters.add(counted_up_to);
    return reading_.all("SELECT q.case_id " MINHU_NARROWED_QUEUE
                        "AND (length(c.complained_of) > 0 OR length(c.accused_people) > 0 "
                        "OR length(c.recused) > 0)) = 1 ORDER BY q.due, q.case_id LIMIT ?16",
                        parameters, [](const Row& row) { return row.id<CaseId>(0); });
  }

  Reading& reading_;
  const Context& context_;
  Sight sight_;
};

}  // namespace

std::int64_t queue_count(Reading& reading, const Context& context, const QueueQuery& query) {
  if (!may_list(context)) return 0;
  return Counting(reading, context).count(query);
}

std::vector<QueueCount> queue_counts(Reading& reading, const Context& context) {
  std::vector<QueueCount> counts;
  Counting counting(reading, context);
  const bool lists = may_list(context);
  for (const Part part : every_part) {
    counts.push_back({part, lists ? counting.count({part}) : 0});
  }
  return counts;
}

std::vector<QueueSummary> queue_summaries(Reading& reading, const Context& context) {
  std::vector<QueueSummary> summaries;
  Counting counting(reading, context);
  const bool lists = may_list(context);
  for (const Part part : every_part) {
    summaries.push_back(lists ? counting.summary(part) : QueueSummary{part});
  }
  return summaries;
}

}  // namespace minhu::cases
