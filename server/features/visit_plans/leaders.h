// Who can be sent: county leaders, and whoever leads a unit by the register. Officials in office,
// public by law. The register of units has one post for each: that of who leads it alone. Of who
// sits in no unit, as a county's secretary or head, and of several leaders of one unit it says
// nothing: then whoever plans says the post.
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
  visits::Leader shown;  // as known_of; post and portfolio may be empty
  bool in_no_unit = false;
  bool post_is_asked = false;  // no register says it
};
// Who sits in no unit first, then by unit; within, by login.
std::vector<PossibleLeader> possible_leaders(Reading& reading, RegionId region, Instant now);

// The name that the account shows; the post of its unit, where nobody else there is its head or
// leads; what it leads: the units by the register, or else its own. The rank is only likely, by
// role and by the level of the unit: no register has it. Post and portfolio may be empty.
visits::Leader by_the_registers(Reading& reading, RegionId region, const accounts::Account& account,
                                Instant now);
// The same, with what was said before: of whom the registers say no post, `said` as a whole; of
// everybody else its rank. `said` is the plan before of the month where that has a post, else what
// everybody was told last.
visits::Leader known_of(const visits::Leader& registered,
                        const std::optional<visits::Leader>& said);

// The account if it is in use and leads somebody: a county leader, the head of a unit, or by the
// register.
std::optional<accounts::Account> leader_in_office(Reading& reading, RegionId region,
                                                  accounts::AccountId id, Instant now);

}  // namespace minhu::visit_plans
