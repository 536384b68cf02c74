// Who can be sent: county leaders, and whoever leads a unit by the register. Officials in office,
// public by law.
#pragma once

#include <string>
#include <vector>

#include "features/accounts/principal.h"
#include "ports/storage.h"

namespace minhu::visit_plans {

struct PossibleLeader {
  accounts::AccountId account;
  std::string name;
  std::string post;
};
// By unit, then login.
std::vector<PossibleLeader> possible_leaders(Reading& reading, RegionId region, Instant now);

}  // namespace minhu::visit_plans
