#include "features/visit_plans/leaders.h"

#include <algorithm>

#include "features/accounts/leadership.h"
#include "features/places_and_units/places_and_units.h"
#include "features/visit_plans/announced.h"
#include "kernel/utf8.h"

namespace minhu::visit_plans {

namespace {

namespace units = places_and_units;

bool leads_somebody(Reading& reading, RegionId region, const accounts::Account& account,
                    Instant now) {
  return account.principal.role == accounts::Role::leader ||
         !accounts::led_by(reading, region, account.id, now).empty();
}

// The post that a unit has in the register is one person's: where several could bear it, nobody's.
bool bears_its_post(Reading& reading, RegionId region, const accounts::Account& account,
                    Instant now) {
  const auto colleagues = accounts::accounts_in(reading, region, account.principal.unit);
  return std::none_of(colleagues.begin(), colleagues.end(), [&](const accounts::Account& one) {
    return one.id != account.id && (one.principal.role == accounts::Role::unit_head ||
                                    leads_somebody(reading, region, one, now));
  });
}

visits::Rank likely_rank(const accounts::Account& account, const std::optional<units::Unit>& own) {
  if (account.principal.role == accounts::Role::leader || !own) return visits::Rank::county_deputy;
  return own->level == units::UnitLevel::county ? visits::Rank::department_head
                                                : visits::Rank::town_head;
}

// Whoever is in charge of twenty bureaus has more of them than a notice has room for: as many as go
// in whole, and how many there are.
std::string listed(const std::vector<std::string>& names) {
  constexpr std::size_t room = 120;  // of a visit's leader_portfolio
  std::string all;
  for (const std::string& name : names) all += (all.empty() ? "" : "、") + name;
  if (code_points(all) <= room) return all;
  const std::string rest = "等" + std::to_string(names.size()) + "个单位";
  std::string some;
  for (const std::string& name : names) {
    const std::string longer = some.empty() ? name : some + "、" + name;
    if (code_points(longer) + code_points(rest) > room) break;
    some = longer;
  }
  return some + rest;
}

}  // namespace

visits::Leader by_the_registers(Reading& reading, RegionId region, const accounts::Account& account,
                                Instant now) {
  visits::Leader leader;
  leader.name = account.display_name;
  const auto own = units::find_unit(reading, region, account.principal.unit);
  leader.rank = likely_rank(account, own);
  if (own && bears_its_post(reading, region, account, now)) leader.post = own->leader_post;
  std::vector<std::string> led;
  for (const UnitId one : accounts::led_by(reading, region, account.id, now)) {
    const auto unit = units::find_unit(reading, region, one);
    if (unit) led.push_back(unit->name);
  }
  leader.portfolio = listed(led);
  if (leader.portfolio.empty() && own) leader.portfolio = own->name;
  return leader;
}

visits::Leader known_of(const visits::Leader& registered,
                        const std::optional<visits::Leader>& said) {
  if (!said) return registered;
  visits::Leader known = registered.post.empty() ? *said : registered;
  known.name = registered.name;
  known.rank = said->rank;
  return known;
}

std::vector<PossibleLeader> possible_leaders(Reading& reading, RegionId region, Instant now) {
  std::vector<PossibleLeader> leaders;
  Announced announced(reading, region, now);
  const auto add = [&](const accounts::Account& account) {
    if (!leads_somebody(reading, region, account, now)) return;
    const visits::Leader registered = by_the_registers(reading, region, account, now);
    leaders.push_back({account.id, known_of(registered, announced.last_of(account)),
                       account.principal.unit.empty(), registered.post.empty()});
  };
  for (const auto& account : accounts::accounts_in_no_unit(reading, region)) add(account);
  for (const units::Unit& unit : units::all_units(reading, region)) {
    if (!unit.active) continue;
    for (const auto& account : accounts::accounts_in(reading, region, unit.id)) add(account);
  }
  return leaders;
}

std::optional<accounts::Account> leader_in_office(Reading& reading, RegionId region,
                                                  accounts::AccountId id, Instant now) {
  auto account = accounts::find_account(reading, region, id);
  if (!account) return std::nullopt;
  const bool leads = account->principal.role == accounts::Role::unit_head ||
                     leads_somebody(reading, region, *account, now);
  if (!leads) return std::nullopt;
  return account;
}

}  // namespace minhu::visit_plans
