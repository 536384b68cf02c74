#include "features/matters/apart.h"

#include <algorithm>

#include "features/cases/together.h"
#include "features/matters/changes.h"
#include "features/matters/matters.h"

namespace minhu::matters {

Outcome keep_apart(Transaction& transaction, RegionId region, cases::CaseId id, cases::CaseId other,
                   Instant now) {
  if (id == other) return fail(FaultCode::invalid_input, "matters.same_case", "other");
  for (const auto& [from, to] : {std::pair(id, other), std::pair(other, id)}) {
    transaction.execute(
        "INSERT INTO matter_apart(region_id, case_id, other_id, said_at) VALUES (?1, ?2, ?3, ?4) "
        "ON CONFLICT (region_id, case_id, other_id) DO UPDATE SET said_at = excluded.said_at",
        {param(region), param(from), param(to), param(now)});
    // Every server that keeps groups in its memory has to learn of it.
    note_change(transaction, region, from, now);
  }
  return {};
}

std::vector<cases::CaseId> kept_apart(Reading& reading, RegionId region, cases::CaseId id) {
  return reading.all(
      "SELECT other_id FROM matter_apart WHERE region_id = ?1 AND case_id = ?2 ORDER BY other_id",
      {param(region), param(id)}, [](const Row& row) { return row.id<cases::CaseId>(0); });
}

std::map<cases::CaseId, std::vector<cases::CaseId>> kept_apart(Reading& reading, RegionId region,
                                                               std::span<const cases::CaseId> ids) {
  std::map<cases::CaseId, std::vector<cases::CaseId>> apart;
  cases::for_cases_at_once(region, ids, [&](const Parameters& these) {
    reading.query(
        "SELECT case_id, other_id FROM matter_apart WHERE region_id = ?1 AND case_id "
        "IN " MINHU_CASES_AT_ONCE,
        these, [&](const Row& row) {
          apart[row.id<cases::CaseId>(0)].push_back(row.id<cases::CaseId>(1));
        });
  });
  for (auto& [id, others] : apart) std::sort(others.begin(), others.end());
  return apart;
}

}  // namespace minhu::matters
