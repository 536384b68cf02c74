#include "features/cases/counts.h"

#include <algorithm>

#include "features/cases/closure.h"

namespace minhu::cases {

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
