// Which cases stand beside, before or behind a case (store.h).
#include <algorithm>

#include "features/cases/store.h"
#include "features/cases/together.h"

namespace minhu::cases {

std::optional<CaseFile> load_file_or_neighbour(Reading& reading, RegionId region, CaseId id) {
  const auto found = reading.first(
      "SELECT case_id FROM case_file WHERE region_id = ?1 AND case_id <= ?2 "
      "ORDER BY case_id DESC LIMIT 1",
      {param(region), param(id)}, [](const Row& row) { return row.id<CaseId>(0); });
  return found ? load_file(reading, region, *found) : std::nullopt;
}

std::vector<CaseId> retaliation_reports_for(Reading& reading, RegionId region, CaseId id) {
  return reading.all(
      "SELECT case_id FROM retaliation_report WHERE region_id = ?1 AND about_id = ?2 "
      "ORDER BY case_id",
      {param(region), param(id)}, [](const Row& row) { return row.id<CaseId>(0); });
}

std::vector<CaseId> named_cases(Reading& reading, RegionId region) {
  return reading.all("SELECT case_id FROM named_case WHERE region_id = ?1 ORDER BY case_id",
                     {param(region)}, [](const Row& row) { return row.id<CaseId>(0); });
}

std::vector<CaseFile> waiting_members(Reading& reading, RegionId region, CaseId id) {
  std::vector<CaseFile> members;
  for (const CaseId member : merged_into(reading, region, id)) {
    auto file = load_file(reading, region, member);
    if (file && file->state == State::merged && !file->erased) members.push_back(std::move(*file));
  }
  return members;
}

std::vector<CaseId> merged_into(Reading& reading, RegionId region, CaseId id) {
  return reading.all(
      "SELECT case_id FROM merged_case WHERE region_id = ?1 AND into_id = ?2 ORDER BY case_id",
      {param(region), param(id)}, [](const Row& row) { return row.id<CaseId>(0); });
}

std::map<CaseId, std::vector<CaseId>> merged_into(Reading& reading, RegionId region,
                                                  std::span<const CaseId> ids) {
  std::map<CaseId, std::vector<CaseId>> found;
  for_cases_at_once(region, ids, [&](const Parameters& these) {
    reading.query(
        "SELECT into_id, case_id FROM merged_case WHERE region_id = ?1 AND into_id "
        "IN " MINHU_CASES_AT_ONCE,
        these, [&](const Row& row) { found[row.id<CaseId>(0)].push_back(row.id<CaseId>(1)); });
  });
  for (auto& [into, members] : found) std::sort(members.begin(), members.end());
  return found;
}

}  // namespace minhu::cases
