// Who can be sent: county leaders, and whoever leads a unit by the register. Officials in office,
// public by law.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "features/accounts/accounts.h"
#include "ports/storage.h"

namespace minhu::visit_plans {

struct PossibleLeader {
  accounts::AccountId account;
  std::string name;
  std::string post;
};
// By unit, then login.
std::vector<PossibleLeader> possible_leaders(Reading& reading, RegionId region, Instant now);

// The account if it is in use and leads somebody: a county leader, the head of a unit, or by the
// register.
std::optional<accounts::Account> leader_in_office(Reading& reading, RegionId region,
                                                  accounts::AccountId id, Instant now);

}  // namespace minhu::visit_plans
