#include "features/visits/rebuild.h"

#include <algorithm>

#include "features/visits/store.h"

namespace minhu::visits {

namespace {

std::vector<CaseOfVisit> cases_in(const Visit& visit) {
  std::vector<CaseOfVisit> cases;
  for (const Group& group : visit.groups) {
    if (!group.case_id.empty()) cases.push_back({group.case_id, visit.id, group.id});
  }
  std::sort(cases.begin(), cases.end());
  return cases;
}

}  // namespace

Rebuilt rebuild(Reading& reading, RegionId region) {
  Rebuilt result;
  std::int64_t accounted = 0;
  for (const VisitId id : every_visit(reading, region)) {
    const auto events = load_events(reading, region, id);
    const Visit visit = visit_from(events);
    const auto cases = cases_in(visit);
    ++result.visits;
    result.events += static_cast<std::int64_t>(events.size());
    accounted += 1 + static_cast<std::int64_t>(cases.size());
    if (load_row(reading, region, id) != row_of(visit) || cases_of(reading, region, id) != cases) {
      result.different.push_back(id);
    }
  }
  const auto stored = reading.first(
      "SELECT (SELECT COUNT(*) FROM visit_file WHERE region_id = ?1) + "
      "(SELECT COUNT(*) FROM visit_case WHERE region_id = ?1)",
      {param(region)}, [](const Row& row) { return row.integer(0); });
  result.stray_rows = stored.value_or(0) - accounted;
  return result;
}

}  // namespace minhu::visits
