#include "features/promises/holders.h"

#include "features/accounts/accounts.h"
#include "features/accounts/permissions.h"
#include "features/places_and_units/places_and_units.h"

namespace minhu::promises {

std::vector<PossibleHolder> possible_holders(Reading& reading, RegionId region) {
  std::vector<PossibleHolder> holders;
  const auto add_those_of = [&](const std::vector<accounts::Account>& some) {
    for (const accounts::Account& account : some) {
      if (!accounts::decide(account.principal, "relay:sign").allowed) continue;
      holders.push_back({account.id, account.display_name, account.principal.unit});
    }
  };
  add_those_of(accounts::accounts_in_no_unit(reading, region));
  for (const places_and_units::Unit& unit : places_and_units::all_units(reading, region)) {
    if (unit.active) add_those_of(accounts::accounts_in(reading, region, unit.id));
  }
  return holders;
}

}  // namespace minhu::promises
