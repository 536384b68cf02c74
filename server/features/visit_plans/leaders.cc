#include "features/visit_plans/leaders.h"

#include <algorithm>

#include "features/accounts/leadership.h"
#include "features/places_and_units/places_and_units.h"

namespace minhu::visit_plans {

std::vector<PossibleLeader> possible_leaders(Reading& reading, RegionId region, Instant now) {
  std::vector<PossibleLeader> leaders;
  for (const places_and_units::Unit& unit : places_and_units::all_units(reading, region)) {
    if (!unit.active) continue;
    for (const accounts::Account& account : accounts::accounts_in(reading, region, unit.id)) {
      const bool leads = account.principal.role == accounts::Role::leader ||
                         !accounts::led_by(reading, region, account.id, now).empty();
      if (!leads) continue;
      leaders.push_back({account.id, account.display_name,
                         unit.leader_post.empty() ? unit.name : unit.leader_post});
    }
  }
  return leaders;
}

std::optional<accounts::Account> leader_in_office(Reading& reading, RegionId region,
                                                  accounts::AccountId id, Instant now) {
  auto account = accounts::find_account(reading, region, id);
  if (!account) return std::nullopt;
  const bool leads = account->principal.role == accounts::Role::leader ||
                     account->principal.role == accounts::Role::unit_head ||
                     !accounts::led_by(reading, region, id, now).empty();
  if (!leads) return std::nullopt;
  return account;
}

}  // namespace minhu::visit_plans
