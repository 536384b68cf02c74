// How many places of a queue the actor may read. Most cases name nobody and are read by whoever may
// read the part: they are counted from the key of the queue alone. Those that stand in named_case
// are asked about each.
#include <algorithm>
#include <array>
#include <map>

#include "features/cases/closure.h"
#include "features/cases/queue_narrowed.h"
#include "features/cases/queue_rows.h"
#include "features/cases/queue_summaries.h"
#include "features/cases/store.h"

namespace minhu::cases {

namespace {

constexpr std::int64_t counted_up_to = 1000;
// Of a queue the first places, more than are told of: so many may be taken off again, and however
// long it is, nobody waits for the rest. Where more than that come off it is counted the long way.
constexpr std::int64_t looked_at = counted_up_to + 100;
constexpr std::array every_part{Part::dispatch,  Part::lead,  Part::co,     Part::call_back,
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

// Places in the order of a queue, as far as they are looked at.
struct First {
  std::int64_t places = 0;
  std::vector<Asked> named;  // those among them whose case names somebody

  bool all() const { return places < looked_at; }
};
struct FirstOfPart : First {
  bool can_tell = false;  // how many of them may be read
};

// How many of so many places may be read; nothing where that cannot be told from the first ones.
template <class Fits>
std::optional<std::int64_t> readable_of(std::int64_t places, const std::vector<Asked>& named,
                                        Fits&& fits) {
  const std::int64_t hidden = std::count_if(
      named.begin(), named.end(), [&](const Asked& one) { return fits(one) && !one.may_be_read; });
  if (places == looked_at && places - hidden < counted_up_to) return std::nullopt;
  return std::min(places - hidden, counted_up_to);
}
std::optional<std::int64_t> readable_of(const First& first) {
  return readable_of(first.places, first.named, [](const Asked&) { return true; });
}

// The first places, and beside each its case where that names somebody. A join and not a question
// for each place: PostgreSQL asked a thousand times otherwise, twenty times as long.
#define MINHU_FIRST_PLACES                                                                  \
  "(SELECT e.due, e.case_id FROM queue_entry AS e WHERE e.region_id = ?1 "                  \
  "AND e.unit_id = ?2 AND e.part = ?3 AND e.due >= ?4 AND e.due <= ?5 "                     \
  "ORDER BY e.due, e.case_id LIMIT ?6) AS f LEFT JOIN named_case AS n ON n.region_id = ?1 " \
  "AND n.case_id = f.case_id"
#define MINHU_FIRST_MARKED                                                                  \
  "(SELECT m.due, m.case_id FROM queue_mark AS m WHERE m.region_id = ?1 "                   \
  "AND m.unit_id = ?2 AND m.part = ?3 AND m.mark = ?4 ORDER BY m.due, m.case_id LIMIT ?5) " \
  "AS f LEFT JOIN named_case AS n ON n.region_id = ?1 AND n.case_id = f.case_id"

// The same of every part at once, each by its number in every_part: a page shows how much waits in
// each of them, and a database behind a network is waited for with every question.
#define MINHU_FIRST_OF_PART                                                      \
  " FROM (SELECT e.due, e.case_id FROM queue_entry AS e WHERE e.region_id = ?1 " \
  "AND e.unit_id = ?2 AND e.part = "
#define MINHU_IN_ITS_ORDER                                                                   \
  " ORDER BY e.due, e.case_id LIMIT ?3) AS f LEFT JOIN named_case AS n ON n.region_id = ?1 " \
  "AND n.case_id = f.case_id"
#define MINHU_THAT_NAME                                                                 \
  " ORDER BY e.due, e.case_id LIMIT ?3) AS f JOIN named_case AS n ON n.region_id = ?1 " \
  "AND n.case_id = f.case_id"
constexpr std::string_view how_many_of_every_part =
    "SELECT 0, count(*), count(n.case_id)" MINHU_FIRST_OF_PART "?4" MINHU_IN_ITS_ORDER
    " UNION ALL SELECT 1, count(*), count(n.case_id)" MINHU_FIRST_OF_PART "?5" MINHU_IN_ITS_ORDER
    " UNION ALL SELECT 2, count(*), count(n.case_id)" MINHU_FIRST_OF_PART "?6" MINHU_IN_ITS_ORDER
    " UNION ALL SELECT 3, count(*), count(n.case_id)" MINHU_FIRST_OF_PART "?7" MINHU_IN_ITS_ORDER
    " UNION ALL SELECT 4, count(*), count(n.case_id)" MINHU_FIRST_OF_PART "?8" MINHU_IN_ITS_ORDER
    " UNION ALL SELECT 5, count(*), count(n.case_id)" MINHU_FIRST_OF_PART "?9" MINHU_IN_ITS_ORDER
    " UNION ALL SELECT 6, count(*), count(n.case_id)" MINHU_FIRST_OF_PART "?10" MINHU_IN_ITS_ORDER
    " UNION ALL SELECT 7, count(*), count(n.case_id)" MINHU_FIRST_OF_PART "?11" MINHU_IN_ITS_ORDER
    " UNION ALL SELECT 8, count(*), count(n.case_id)" MINHU_FIRST_OF_PART "?12" MINHU_IN_ITS_ORDER
    " UNION ALL SELECT 9, count(*), count(n.case_id)" MINHU_FIRST_OF_PART "?13" MINHU_IN_ITS_ORDER;
constexpr std::string_view those_named_of_every_part =
    "SELECT 0, f.due, f.case_id" MINHU_FIRST_OF_PART "?4" MINHU_THAT_NAME
    " UNION ALL SELECT 1, f.due, f.case_id" MINHU_FIRST_OF_PART "?5" MINHU_THAT_NAME
    " UNION ALL SELECT 2, f.due, f.case_id" MINHU_FIRST_OF_PART "?6" MINHU_THAT_NAME
    " UNION ALL SELECT 3, f.due, f.case_id" MINHU_FIRST_OF_PART "?7" MINHU_THAT_NAME
    " UNION ALL SELECT 4, f.due, f.case_id" MINHU_FIRST_OF_PART "?8" MINHU_THAT_NAME
    " UNION ALL SELECT 5, f.due, f.case_id" MINHU_FIRST_OF_PART "?9" MINHU_THAT_NAME
    " UNION ALL SELECT 6, f.due, f.case_id" MINHU_FIRST_OF_PART "?10" MINHU_THAT_NAME
    " UNION ALL SELECT 7, f.due, f.case_id" MINHU_FIRST_OF_PART "?11" MINHU_THAT_NAME
    " UNION ALL SELECT 8, f.due, f.case_id" MINHU_FIRST_OF_PART "?12" MINHU_THAT_NAME
    " UNION ALL SELECT 9, f.due, f.case_id" MINHU_FIRST_OF_PART "?13" MINHU_THAT_NAME;
static_assert(every_part.size() == 10);

class Counting {
 public:
  Counting(Reading& reading, const Context& context)
      : reading_(reading), context_(context), sight_(reading, context) {}

  // For whoever goes on to ask about all of them: in one question, or two where one of the first
  // places names somebody.
  void look_at_every_part() {
    Parameters parameters{param(context_.county.region), param(context_.actor.unit), looked_at};
    for (const Part part : every_part) parameters.add(name(part));
    first_.emplace();
    std::array<std::int64_t, every_part.size()> named{};
    reading_.query(how_many_of_every_part, parameters, [&](const Row& row) {
      const auto which = static_cast<std::size_t>(row.integer(0));
      first_->at(which).places = row.integer(1);
      named.at(which) = row.integer(2);
    });
    std::array<std::vector<QueueCursor>, every_part.size()> found;
    if (std::any_of(named.begin(), named.end(), [](std::int64_t some) { return some > 0; })) {
      reading_.query(those_named_of_every_part, parameters, [&](const Row& row) {
        found.at(static_cast<std::size_t>(row.integer(0)))
            .push_back({row.integer(1), row.id<CaseId>(2)});
      });
    }
    std::vector<CaseId> asked;
    for (std::size_t i = 0; i < every_part.size(); ++i) {
      FirstOfPart& first = first_->at(i);
      first.can_tell = may_read_all_of(every_part[i]) && named[i] < counted_up_to;
      if (!first.can_tell) found[i].clear();
      for (const QueueCursor& one : found[i]) asked.push_back(one.case_id);
    }
    know(asked);
    for (std::size_t i = 0; i < every_part.size(); ++i) {
      first_->at(i).named = *asked_about(found[i]);
    }
  }

  std::int64_t count(const QueueQuery& query) {
    const DueSpan span = span_of(context_, query.due);
    if (nothing_stands_in(query.part)) return 0;
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
      if (const auto first = first_places(query.part, span)) {
        if (const auto counted = readable_of(*first)) return *counted;
      }
    }
    const std::int64_t open_to_all = count_open_to_all(query, span);
    if (open_to_all >= counted_up_to) return counted_up_to;
    return std::min(open_to_all + readable_that_name(query, span), counted_up_to);
  }

  QueueSummary summary(Part part) {
    if (nothing_stands_in(part)) return {part};
    if (!may_read_all_of(part)) {
      if (const auto asked = all_in(part)) return summary(part, *asked);
      return completed(part, {});
    }
    return completed(part, told_by_the_first(part));
  }

 private:
  bool may_read_all_of(Part part) const {
    return accounts::decide(context_.actor, "case:read", relation_in(part)).allowed;
  }

  // As far as that is known without a question.
  bool nothing_stands_in(Part part) const { return first_ && known_first(part).places == 0; }

  std::int64_t readable(const std::vector<CaseId>& ids) {
    const auto files = load_files(reading_, context_.county.region, ids);
    return std::count_if(files.begin(), files.end(),
                         [&](const CaseFile& file) { return sight_.may_read(file); });
  }

  // What the first places and marks of a part tell; nothing of a number that takes more.
  struct Told {
    std::optional<std::int64_t> waiting;
    std::optional<std::int64_t> overdue;
    std::optional<std::int64_t> three_days;
    std::optional<std::int64_t> returned;
    std::optional<std::int64_t> redo;
  };
  Told told_by_the_first(Part part) {
    Told told;
    if (const auto first = first_places(part, {})) {
      const auto within = [&](DueSpan span) {
        return readable_of(places_in(part, span, looked_at), first->named,
                           [&](const Asked& one) { return span.holds(one.due); });
      };
      told.waiting = readable_of(*first);
      // Whatever is overdue stands before everything that is not.
      told.overdue = within(span_of(context_, DueWithin::overdue));
      const DueSpan soon = span_of(context_, DueWithin::three_days);
      if (first->all()) {
        told.three_days = within(soon);
      } else if (const auto first_soon = first_places(part, soon)) {
        told.three_days = readable_of(*first_soon);
      }
    }
    if (const auto first = first_marked(part, Mark::returned)) told.returned = readable_of(*first);
    if (const auto first = first_marked(part, Mark::redo)) told.redo = readable_of(*first);
    return told;
  }

  // What was not told is counted by itself.
  QueueSummary completed(Part part, const Told& told) {
    const auto known_or_counted = [&](std::optional<std::int64_t> known, QueueQuery query) {
      query.part = part;
      return known ? *known : count(query);
    };
    return {part,
            known_or_counted(told.waiting, {}),
            known_or_counted(told.overdue, {.due = DueWithin::overdue}),
            known_or_counted(told.three_days, {.due = DueWithin::three_days}),
            known_or_counted(told.returned, {.returned = true}),
            known_or_counted(told.redo, {.redo = true})};
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

  std::int64_t places_in(Part part, DueSpan span, std::int64_t at_most) {
    return reading_
        .first(
            "SELECT count(*) FROM (SELECT 1 FROM queue_entry AS q WHERE q.region_id = ?1 "
            "AND q.unit_id = ?2 AND q.part = ?3 AND q.due >= ?4 AND q.due <= ?5 LIMIT ?6) "
            "AS counted",
            {param(context_.county.region), param(context_.actor.unit), name(part), span.from,
             span.to, at_most},
            [](const Row& row) { return row.integer(0); })
        .value_or(0);
  }

  // Nothing when too many name somebody to ask about each.
  std::optional<First> first_places(Part part, DueSpan span) {
    if (first_ && span.holds_all()) {
      const FirstOfPart& first = known_first(part);
      return first.can_tell ? std::optional<First>(first) : std::nullopt;
    }
    return first_of({param(context_.county.region), param(context_.actor.unit), name(part),
                     span.from, span.to, looked_at},
                    "SELECT count(*), count(n.case_id) FROM " MINHU_FIRST_PLACES,
                    "SELECT f.due, f.case_id FROM " MINHU_FIRST_PLACES
                    " WHERE n.case_id IS NOT NULL ORDER BY f.due, f.case_id");
  }
  std::optional<First> first_marked(Part part, Mark mark) {
    return first_of({param(context_.county.region), param(context_.actor.unit), name(part),
                     name(mark), looked_at},
                    "SELECT count(*), count(n.case_id) FROM " MINHU_FIRST_MARKED,
                    "SELECT f.due, f.case_id FROM " MINHU_FIRST_MARKED
                    " WHERE n.case_id IS NOT NULL ORDER BY f.due, f.case_id");
  }
  std::optional<First> first_of(const Parameters& parameters, std::string_view how_many,
                                std::string_view those_named) {
    First first;
    std::int64_t named = 0;
    reading_.query(how_many, parameters, [&](const Row& row) {
      first.places = row.integer(0);
      named = row.integer(1);
    });
    if (named == 0) return first;
    if (named >= counted_up_to) return std::nullopt;
    const auto asked = asked_about(reading_.all(those_named, parameters, [](const Row& row) {
      return QueueCursor{row.integer(0), row.id<CaseId>(1)};
    }));
    if (!asked) return std::nullopt;
    first.named = *asked;
    return first;
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
    know(ids);
    std::vector<Asked> asked;
    for (const QueueCursor& one : found) {
      asked.push_back(known_[one.case_id]);
      asked.back().due = one.due;
    }
    return asked;
  }

  // Each of them is loaded once, however often it is asked about.
  void know(std::vector<CaseId> ids) {
    std::sort(ids.begin(), ids.end());
    ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
    std::erase_if(ids, [&](CaseId id) { return known_.contains(id); });
    for (const CaseFile& file : load_files(reading_, context_.county.region, ids)) {
      known_[file.id] = {0, sight_.may_read(file), file.returned > 0, to_be_done_again(file)};
    }
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

  // What names somebody is asked about each: registers may have changed since it came here. However
  // many of the first are hidden, those behind them count.
  std::int64_t readable_that_name(const QueueQuery& query, DueSpan span) {
    std::int64_t sum = 0;
    std::optional<QueueCursor> after;
    for (bool more = true; more && sum < counted_up_to;) {
      const std::vector<QueueCursor> some = candidates_that_name(query, span, after);
      std::vector<CaseId> ids;
      for (const QueueCursor& one : some) ids.push_back(one.case_id);
      sum += readable(ids);
      more = static_cast<std::int64_t>(some.size()) == counted_up_to;
      if (more) after = some.back();
    }
    return sum;
  }

  std::vector<QueueCursor> candidates_that_name(const QueueQuery& query, DueSpan span,
                                                const std::optional<QueueCursor>& after) {
    const Uuid none{};
    if (after) span.from = std::max(span.from, after->due);
    Parameters parameters = queue_parameters(context_, query, span);
    parameters.add(after ? after->due : std::int64_t{-1});
    parameters.add(after ? param(after->case_id) : Parameter(BytesView(none)));
    parameters.add(counted_up_to);
    return reading_.all(
        "SELECT q.due, q.case_id " MINHU_NARROWED_QUEUE
        "AND (length(c.complained_of) > 0 OR length(c.accused_people) > 0 "
        "OR length(c.recused) > 0)) = 1 AND (q.due, q.case_id) > (?16, ?17) "
        "ORDER BY q.due, q.case_id LIMIT ?18",
        parameters, [](const Row& row) { return QueueCursor{row.integer(0), row.id<CaseId>(1)}; });
  }

  Reading& reading_;
  const Context& context_;
  Sight sight_;
  // A case that names somebody stands in several of the counts, and is asked about once.
  std::map<CaseId, Asked> known_;
  // What look_at_every_part() has found, in the order of every_part.
  const FirstOfPart& known_first(Part part) const {
    const auto at = std::find(every_part.begin(), every_part.end(), part);
    return first_->at(static_cast<std::size_t>(at - every_part.begin()));
  }
  std::optional<std::array<FirstOfPart, every_part.size()>> first_;
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
  if (lists) counting.look_at_every_part();
  for (const Part part : every_part) {
    counts.push_back({part, lists ? counting.count({part}) : 0});
  }
  return counts;
}

std::vector<QueueSummary> queue_summaries(Reading& reading, const Context& context) {
  std::vector<QueueSummary> summaries;
  Counting counting(reading, context);
  const bool lists = may_list(context);
  if (lists) counting.look_at_every_part();
  for (const Part part : every_part) {
    summaries.push_back(lists ? counting.summary(part) : QueueSummary{part});
  }
  return summaries;
}

}  // namespace minhu::cases
