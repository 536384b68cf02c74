#include "features/cases/still_solved.h"

namespace minhu::cases {

std::vector<SolvedCase> solved_cases(Reading& reading, RegionId region, const SolvedCase& after,
                                     Instant until, std::int64_t most) {
  const Uuid none{};
  return reading.all(
      "SELECT solved_at, case_id FROM case_file WHERE region_id = ?1 AND solved_at IS NOT NULL "
      "AND (solved_at, case_id) > (?2, ?3) AND solved_at <= ?4 ORDER BY solved_at, case_id "
      "LIMIT ?5",
      {param(region), param(after.solved_at),
       after.id.empty() ? Parameter(BytesView(none)) : param(after.id), param(until), most},
      [](const Row& row) { return SolvedCase{row.instant(0), row.id<CaseId>(1)}; });
}

}  // namespace minhu::cases
