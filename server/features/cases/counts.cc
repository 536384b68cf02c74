#include "features/cases/counts.h"

#include <algorithm>

#include "features/cases/closure.h"

namespace minhu::cases {

namespace {

std::chrono::year_month month_of(Instant instant, FixedZone zone) {
  const std::chrono::year_month_day day(to_date(instant, zone));
  return day.year() / day.month();
}

std::optional<std::int64_t> shown(std::int64_t count) {
  return count < smallest_shown ? std::nullopt : std::optional(count);
}

}  // namespace

std::vector<MonthCounts> counts_by_month(Reading& reading, const County& county, Instant now,
                                         int months) {
  const FixedZone zone = county.rules.zone;
  std::chrono::year_month month = month_of(now, zone);
  std::vector<MonthCounts> counts;
  for (int back = 0; back < months; ++back, month -= std::chrono::months(1)) {
    MonthCounts& of = counts.emplace_back();
    of.month = Date(month / 1);
    const Instant begin = start_of_day(of.month, zone);
    const Instant end = start_of_day(Date((month + std::chrono::months(1)) / 1), zone);
    // Two questions, each with an index of its own: one with OR may read the whole county.
    reading.query(
        "SELECT count(*) FROM case_file WHERE region_id = ?1 AND received_at >= ?2 "
        "AND received_at < ?3 AND track <> 'accusation'",
        {param(county.region), param(begin), param(end)},
        [&](const Row& row) { of.received = shown(row.integer(0)); });
    reading.query(
        "SELECT count(*), count(CASE WHEN solved = 'yes' THEN 1 END) FROM case_file "
        "WHERE region_id = ?1 AND closed_at >= ?2 AND closed_at < ?3 AND track <> 'accusation' "
        "AND state NOT IN ('withdrawn', 'voided')",
        {param(county.region), param(begin), param(end)}, [&](const Row& row) {
          of.closed = shown(row.integer(0));
          const std::int64_t rest = row.integer(0) - row.integer(1);
          // Those closed less those solved are people, too.
          if (rest == 0 || rest >= smallest_shown) of.solved = shown(row.integer(1));
        });
  }
  return counts;
}

bool any_case(Reading& reading, RegionId region) {
  return reading
      .first("SELECT 1 FROM case_file WHERE region_id = ?1 LIMIT 1", {param(region)},
             [](const Row&) { return true; })
      .has_value();
}

std::int64_t open_cases_at(Reading& reading, const Context& context, UnitId unit) {
  const RegionId region = context.county.region;
  std::int64_t count = 0;
  reading.query(
      "SELECT count(DISTINCT case_id) FROM queue_entry WHERE region_id = ?1 AND unit_id = ?2 "
      "AND NOT EXISTS (SELECT 1 FROM case_file f WHERE f.region_id = ?1 "
      "AND f.case_id = queue_entry.case_id AND f.track = 'accusation')",
      {param(region), param(unit)}, [&](const Row& row) { count = row.integer(0); });
  for (const CaseFile& file : kept_from(reading, context)) {
    const auto waiting = waiting_for(file);
    if (std::any_of(waiting.begin(), waiting.end(),
                    [&](const Waiting& one) { return one.unit == unit; })) {
      --count;
    }
  }
  return count;
}

std::vector<Matters> matters_received(Reading& reading, RegionId region, Instant from, Instant to) {
  return reading.all(
      "SELECT category, place, count(*) FROM case_file WHERE region_id = ?1 "
      "AND received_at >= ?2 AND received_at < ?3 AND track <> 'accusation' "
      "GROUP BY category, place",
      {param(region), param(from), param(to)}, [](const Row& row) {
        return Matters{std::string(row.text(0)), std::string(row.text(1)), row.integer(2)};
      });
}

}  // namespace minhu::cases
