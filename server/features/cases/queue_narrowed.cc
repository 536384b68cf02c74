#include "features/cases/queue_narrowed.h"

#include <algorithm>

namespace minhu::cases {

bool asks_about_the_case(const QueueQuery& query) {
  return query.state || query.track || query.channel || !query.category.empty() ||
         !query.place.empty() || query.returned || query.reopened || query.redo || query.urged ||
         query.joint_conference;
}

DueSpan span_of(const Context& context, std::optional<DueWithin> due) {
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

Parameters queue_parameters(const Context& context, const QueueQuery& query, DueSpan span) {
  return {param(context.county.region),
          param(context.actor.unit),
          name(query.part),
          span.from,
          span.to,
          text_or_any(query.state),
          text_or_any(query.track),
          text_or_any(query.channel),
          std::string_view(query.category),
          std::string_view(query.place),
          std::int64_t{query.returned},
          std::int64_t{query.reopened},
          std::int64_t{query.urged},
          std::int64_t{query.joint_conference},
          std::int64_t{query.redo}};
}

std::vector<QueueCursor> queue_candidates(Reading& reading, const Context& context,
                                          const QueueQuery& query, DueSpan span,
                                          const std::optional<QueueCursor>& after,
                                          std::int64_t limit) {
  const Uuid zero{};
  const Parameter after_id = after ? param(after->case_id) : Parameter(BytesView(zero));
  const auto cursor_of = [](const Row& row) {
    return QueueCursor{row.integer(0), row.id<CaseId>(1)};
  };
  // Nothing before the cursor is walked through again.
  if (after) span.from = std::max(span.from, after->due);
  if (!asks_about_the_case(query)) {
    return reading.all(
        "SELECT due, case_id FROM queue_entry "
        "WHERE region_id = ?1 AND unit_id = ?2 AND part = ?3 AND due >= ?4 AND due <= ?5 "
        "AND (due, case_id) > (?6, ?7) ORDER BY due, case_id LIMIT ?8",
        {param(context.county.region), param(context.actor.unit), name(query.part), span.from,
         span.to, after ? after->due : std::int64_t{-1}, after_id, limit},
        cursor_of);
  }
  Parameters parameters = queue_parameters(context, query, span);
  parameters.add(after ? after->due : std::int64_t{-1});
  parameters.add(after_id);
  parameters.add(limit);
  return reading.all(
      "SELECT q.due, q.case_id " MINHU_NARROWED_QUEUE
      ") = 1 AND (q.due, q.case_id) > (?16, ?17) ORDER BY q.due, q.case_id LIMIT ?18",
      parameters, cursor_of);
}

bool may_list(const Context& context) {
  return accounts::decide(context.actor, "queue:read").allowed && !context.actor.unit.empty();
}

}  // namespace minhu::cases
