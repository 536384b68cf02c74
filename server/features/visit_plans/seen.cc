#include "features/visit_plans/seen.h"

#include <algorithm>

#include "features/visits/visits.h"

namespace minhu::visit_plans {

namespace {

// Held: the doors were open. What was announced and did not take place is no visit.
bool held(visits::State state) {
  return state != visits::State::planned && state != visits::State::published &&
         state != visits::State::cancelled;
}

}  // namespace

std::vector<Seen> all_seen(Reading& reading, RegionId region, Instant until) {
  std::vector<Seen> all;
  for (const visits::VisitRow& row : visits::between(reading, region, Instant{0}, until)) {
    if (held(row.state)) all.push_back({row.place, row.begins, row.form == visits::Form::field});
  }
  reading.query("SELECT place, on_date FROM investigation_finding WHERE region_id = ?1",
                {param(region)}, [&](const Row& row) {
                  const auto date = parse_date(row.text(1));
                  if (!date) throw StorageFailure("a finding without a date");
                  const Instant at = start_of_day(*date);
                  if (at < until) all.push_back({std::string(row.text(0)), at, true});
                });
  std::stable_sort(all.begin(), all.end(),
                   [](const Seen& a, const Seen& b) { return a.at < b.at; });
  return all;
}

}  // namespace minhu::visit_plans
