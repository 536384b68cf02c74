#include "features/visit_plans/standing.h"

namespace minhu::visit_plans {

std::map<std::string, StandingVisit> standing_visits(Reading& reading, RegionId region,
                                                     const Month& month) {
  std::map<visits::VisitId, accounts::AccountId> sent;
  reading.query(
      "SELECT visit_id, leader FROM plan_stop WHERE region_id = ?1 AND month = ?2 "
      "AND visit_id IS NOT NULL AND leader IS NOT NULL ORDER BY version",
      {param(region), std::string_view(month.name)},
      [&](const Row& row) { sent[row.id<visits::VisitId>(0)] = row.id<accounts::AccountId>(1); });
  std::map<std::string, StandingVisit> standing;
  for (const visits::VisitRow& row :
       visits::between(reading, region, start_of_day(month.from), start_of_day(month.until))) {
    if (row.state == visits::State::cancelled || row.form == visits::Form::field) continue;
    const auto known = standing.find(row.place);
    if (known != standing.end() && known->second.row.state >= row.state) continue;
    const auto whom = sent.find(row.id);
    standing[row.place] = {row, whom == sent.end() ? accounts::AccountId() : whom->second};
  }
  return standing;
}

bool announced_at(Reading& reading, RegionId region, const Month& month, std::string_view place) {
  const auto standing = standing_visits(reading, region, month);
  const auto found = standing.find(std::string(place));
  return found != standing.end() && found->second.row.state != visits::State::planned;
}

}  // namespace minhu::visit_plans
