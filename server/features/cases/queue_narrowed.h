// Which places of one queue fit a query: what queue.cc lists and queue_counting.cc counts. Inner
// header.
#pragma once

#include <limits>
#include <string>
#include <string_view>
#include <vector>

#include "features/cases/context.h"
#include "features/cases/queue.h"

namespace minhu::cases {

inline constexpr std::int64_t end_of_time = std::numeric_limits<std::int64_t>::max();

// Dates owed, both ends included, in milliseconds as Instant has them.
struct DueSpan {
  std::int64_t from = 0;
  std::int64_t to = end_of_time;
  bool holds(std::int64_t due) const noexcept { return due >= from && due <= to; }
  bool holds_all() const noexcept { return from <= 0 && to == end_of_time; }
};
// A case without a running date stands at the end of time and is due within nothing.
DueSpan span_of(const Context& context, std::optional<DueWithin> due);

// Whether more than a part and dates narrows it: then each case of the queue must be looked at.
bool asks_about_the_case(const QueueQuery& query);

std::string_view text_or_any(const auto& value) {
  return value ? name(*value) : std::string_view();
}

// to_be_done_again() of a row c of case_file.
#define MINHU_REDO "(c.reopened > 0 OR c.solved = 'no' OR c.satisfaction = 'dissatisfied')"

// The places in one queue whose cases fit a query: parameters ?1 to ?15, as given by
// queue_parameters(), and open for more about the case c: whoever uses it says ") = 1". Not a join:
// a planner that guesses how many cases fit all of this guesses far too few, begins with the cases
// of the whole county and reads the queue once for each of them (PostgreSQL: 8 s for 511 places
// among 3,700 cases). A question within the row leaves no choice: the queue in its order, and each
// of its cases by its key.
#define MINHU_NARROWED_QUEUE                                                                   \
  "FROM queue_entry AS q "                                                                     \
  "WHERE q.region_id = ?1 AND q.unit_id = ?2 AND q.part = ?3 AND q.due >= ?4 AND q.due <= ?5 " \
  "AND (SELECT 1 FROM case_file AS c WHERE c.region_id = ?1 AND c.case_id = q.case_id "        \
  "AND (?6 = '' OR c.state = ?6) AND (?7 = '' OR c.track = ?7) "                               \
  "AND (?8 = '' OR c.channel = ?8) AND (?9 = '' OR c.category = ?9) AND substr(c.place, 1, "   \
  "length(?10)) = ?10 "                                                                        \
  "AND c.returned >= ?11 AND c.reopened >= ?12 AND c.urged >= ?13 "                            \
  "AND c.joint_conference >= ?14 AND (?15 = 0 OR " MINHU_REDO ") "
Parameters queue_parameters(const Context& context, const QueueQuery& query, DueSpan span);

// In the order of the queue; what the actor may not read is among them.
std::vector<QueueCursor> queue_candidates(Reading& reading, const Context& context,
                                          const QueueQuery& query, DueSpan span,
                                          const std::optional<QueueCursor>& after,
                                          std::int64_t limit);

// Whoever has no unit has no queue.
bool may_list(const Context& context);

}  // namespace minhu::cases
