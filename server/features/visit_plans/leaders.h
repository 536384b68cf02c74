// Who can be sent: county leaders, and whoever leads a unit by the register. Officials in office,
// public by law. A county's secretary or head usually sits in no unit: then no register says their
// post, and whoever plans says it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "features/accounts/accounts.h"
#include "features/visits/visit_file.h"
#include "ports/storage.h"

namespace minhu::visit_plans {

struct PossibleLeader {
  accounts::AccountId account;
  // As the registers have it. Of who sits in no unit: as everybody was told last (announced.h);
  // post and portfolio may be empty.
  visits::Leader shown;
  bool post_is_asked = false;  // sits in no unit
};
// Who sits in no unit first, then by unit; within, by login.
std::vector<PossibleLeader> possible_leaders(Reading& reading, RegionId region, Instant now);

// The name that the account shows, the post of its unit, and what it leads: the units by the
// register, or else its own. Post and portfolio are empty where there is no such unit.
visits::Leader by_the_registers(Reading& reading, RegionId region, const accounts::Account& account,
                                Instant now);
inline constexpr visits::Rank rank_by_default = visits::Rank::county_deputy;

// The account if it is in use and leads somebody: a county leader, the head of a unit, or by the
// register.
std::optional<accounts::Account> leader_in_office(Reading& reading, RegionId region,
                                                  accounts::AccountId id, Instant now);

}  // namespace minhu::visit_plans
