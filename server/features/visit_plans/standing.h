// What stands in a month already: visits that people have been told of, visits that were planned or
// held otherwise. Inner header.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "features/accounts/principal.h"
#include "features/visit_plans/reason.h"
#include "features/visits/visits.h"

namespace minhu::visit_plans {

struct StandingVisit {
  visits::VisitRow row;
  // Of a visit that came out of a plan of this month: whom that plan sent.
  accounts::AccountId leader;
};
// Of the month, by place: those not cancelled. A held one stands before an announced one, that
// before a planned one.
std::map<std::string, StandingVisit> standing_visits(Reading& reading, RegionId region,
                                                     const Month& month);
// People have been told of a visit there in this month.
bool announced_at(Reading& reading, RegionId region, const Month& month, std::string_view place);

}  // namespace minhu::visit_plans
