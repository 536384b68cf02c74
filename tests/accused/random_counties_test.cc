// Random counties of more than a thousand units: leaders, ties, delegations, cases, and then
// reorganisations. Who stands in the closure is worked out here a second time and the other way
// round, from the accused outwards; the program must keep exactly these from the case. The county
// of before the case is the world in which it does not exist: whoever is in the closure must see
// just that, byte for byte.
#include <gtest/gtest.h>

#include <set>

#include "doors.h"
#include "features/cases/closure.h"
#include "kernel/test_dice.h"

namespace minhu::accused {
namespace {

constexpr int units_in_a_county = 1200;
constexpr int cases_in_a_county = 12;
// Of those whom one case concerns, how many walk behind every door (the rest are asked of the
// closure itself).
constexpr std::size_t walkers = 4;

// The registers as the test knows them, kept beside the program's.
struct Registers {
  std::map<UnitId, UnitId> parent;
  std::map<AccountId, UnitId> sits;
  std::set<std::pair<AccountId, UnitId>> leads;  // by the register, and heads of units
  std::set<std::pair<AccountId, UnitId>> tied_to_unit;
  std::set<std::pair<AccountId, AccountId>> tied_to_person;
  std::set<std::pair<AccountId, AccountId>> keeps_post_of;  // holder, giver
};

struct Accused {
  std::set<UnitId> units;
  std::set<AccountId> people;
};

// closure(accused), from the accused outwards: domain.md says it in these steps.
struct Closure {
  std::set<UnitId> units;
  std::set<AccountId> people;
};
Closure closure_of(const Registers& all, const Accused& accused) {
  Closure closure;
  std::set<UnitId> roots = accused.units;
  for (const auto& [account, unit] : all.leads) {
    if (accused.people.contains(account)) roots.insert(unit);
  }
  for (const auto& [unit, parent] : all.parent) {
    for (UnitId at = unit; !at.empty(); at = all.parent.at(at)) {
      if (roots.contains(at)) closure.units.insert(unit);
    }
  }
  std::set<AccountId> core = accused.people;
  for (const auto& [account, unit] : all.leads) {
    if (closure.units.contains(unit)) core.insert(account);
  }
  for (const auto& [account, unit] : all.sits) {
    if (closure.units.contains(unit)) core.insert(account);
  }
  closure.people = core;
  for (const auto& [account, unit] : all.tied_to_unit) {
    if (closure.units.contains(unit)) closure.people.insert(account);
  }
  for (const auto& [account, person] : all.tied_to_person) {
    if (core.contains(person)) closure.people.insert(account);
  }
  const std::set<AccountId> so_far = closure.people;
  for (const auto& [holder, giver] : all.keeps_post_of) {
    if (so_far.contains(giver)) closure.people.insert(holder);
  }
  return closure;
}

class County {
 public:
  explicit County(std::uint64_t seed) : dice(seed) {
    for (const char* code : {"government", "petition", "hotline", "inspection", "housing",
                             "station", "counter", "water", "forestry", "discipline"}) {
      units.push_back(town.unit(code));
    }
    town.foundation().database->read_job([&](Reading& reading) {
      for (const UnitId unit : units) {
        registers.parent[unit] = places_and_units::parent_of(reading, town.county().region, unit);
      }
    });
    for (int i = 0; i < units_in_a_county; ++i) {
      const UnitId parent = dice.between(0, 9) == 0 ? UnitId() : dice.one_of(units);
      // Deeper than sixteen no office stands.
      if (!parent.empty() && depth_of(parent) > 10) continue;
      const UnitId made = town.plant("u" + std::to_string(i), parent);
      units.push_back(made);
      registers.parent[made] = parent;
      if (dice.between(0, 2) == 0) somebody(made);
    }
    for (const auto& login : {"dispatcher", "caller", "supervisor", "mayor", "reviewer", "upper",
                              "line", "inspector", "clerk", "water_handler", "water_second",
                              "forestry_handler", "station_handler", "counter_handler"}) {
      know(town.who(login));
    }
    for (int i = 0; i < 60; ++i) {
      const AccountId one = dice.one_of(people);
      const UnitId unit = dice.one_of(units);
      if (registers.leads.contains({one, unit})) continue;
      town.lead(one, unit);
      registers.leads.insert({one, unit});
    }
    for (int i = 0; i < 60; ++i) tie_somebody();
    for (int i = 0; i < 40; ++i) delegate_somebody();
  }

  int depth_of(UnitId unit) const {
    int depth = 0;
    for (UnitId at = unit; !at.empty(); at = registers.parent.at(at)) ++depth;
    return depth;
  }
  void know(AccountId one) {
    const auto& account = town.account(one);
    people.push_back(one);
    registers.sits[one] = account.principal.unit;
    if (account.principal.role == Role::unit_head) {
      registers.leads.insert({one, account.principal.unit});
    }
  }
  void somebody(UnitId unit) {
    const Role roles[] = {Role::handler, Role::unit_head, Role::dispatcher, Role::supervisor,
                          Role::leader,  Role::caller,    Role::clerk,      Role::auditor};
    const auto made = [&] {
      return town.official("p" + std::to_string(people.size() + 100), dice.one_of(roles), unit);
    };
    know(made());
    if (dice.coin()) know(made());
  }
  void tie_somebody() {
    const AccountId one = dice.one_of(people);
    if (dice.coin()) {
      const UnitId unit = dice.one_of(units);
      if (registers.tied_to_unit.insert({one, unit}).second) town.tie(one, unit);
    } else {
      const AccountId other = dice.one_of(people);
      if (other != one && registers.tied_to_person.insert({one, other}).second) {
        town.tie(one, other);
      }
    }
  }
  void delegate_somebody() {
    const AccountId from = dice.one_of(people);
    const Role role = town.account(from).principal.role;
    if (role == Role::supervisor || role == Role::leader || role == Role::auditor) return;
    for (const auto& [giver_holder, giver] : registers.keeps_post_of) {
      if (giver == from) return;  // once handed over
    }
    for (const auto& [to, unit] : registers.sits) {
      if (to == from || unit != registers.sits.at(from)) continue;
      const Role kept_by = town.account(to).principal.role;
      if (kept_by == Role::leader || kept_by == Role::auditor) continue;  // they read no case
      town.delegate(from, to);
      registers.keeps_post_of.insert({to, from});
      return;
    }
  }

  Town town;
  Dice dice;
  Registers registers;
  std::vector<UnitId> units;
  std::vector<AccountId> people;
};

// What the program says of one official.
bool is_kept(County& county, AccountId one, const cases::CaseFile& file) {
  return county.town.foundation().database->read([&](Reading& reading) {
    return cases::touches(
        cases::circle_of(reading, county.town.county().region, county.town.account(one).principal,
                         county.town.foundation().clock.now()),
        file);
  });
}
bool is_kept(County& county, UnitId unit, const cases::CaseFile& file) {
  return county.town.foundation().database->read([&](Reading& reading) {
    return cases::touches(cases::circle_of(reading, county.town.county().region, unit,
                                           county.town.foundation().clock.now()),
                          file);
  });
}

void expect_the_same_closure(County& county, const Accused& accused) {
  const Closure closure = closure_of(county.registers, accused);
  cases::CaseFile file;
  file.complained_of.assign(accused.units.begin(), accused.units.end());
  file.accused_people.assign(accused.people.begin(), accused.people.end());
  for (const AccountId one : county.people) {
    EXPECT_EQ(is_kept(county, one, file), closure.people.contains(one))
        << county.town.account(one).login;
  }
  for (const UnitId unit : county.units) {
    EXPECT_EQ(is_kept(county, unit, file), closure.units.contains(unit)) << unit.text();
  }
}

Accused anybody(County& county) {
  Accused accused;
  const UnitId petition = county.town.unit("petition");
  for (int i = 0; i < 3; ++i) {
    if (county.dice.coin()) {
      const UnitId unit = county.dice.one_of(county.units);
      if (unit != county.town.unit("government")) accused.units.insert(unit);
    } else {
      accused.people.insert(county.dice.one_of(county.people));
    }
    // The bodies of the small tree go on dispatching: a case about them has its own scenarios.
    const Closure closure = closure_of(county.registers, accused);
    if (closure.units.contains(petition) ||
        closure.people.contains(county.town.who("dispatcher"))) {
      accused = {};
    }
    if (!accused.units.empty() || !accused.people.empty()) break;
  }
  return accused;
}

TEST(RandomCounties, TheClosureIsTheSameFromBothSides) {
  County county(seed_of_this_run());
  ASSERT_GE(county.units.size(), 1000U);
  for (int i = 0; i < 15; ++i) {
    Accused accused = anybody(county);
    for (int more = 0; more < 2; ++more) accused.people.insert(county.dice.one_of(county.people));
    expect_the_same_closure(county, accused);
    if (::testing::Test::HasFailure()) return;
  }
}

TEST(RandomCounties, WhoIsInTheClosureSeesAWorldWithoutTheCase) {
  County county(seed_of_this_run());
  Town& town = county.town;
  int walked = 0;
  for (int i = 0; i < cases_in_a_county; ++i) {
    const Accused accused = anybody(county);
    if (accused.units.empty() && accused.people.empty()) continue;
    const Closure closure = closure_of(county.registers, accused);
    std::vector<AccountId> watchers;
    for (const AccountId one : closure.people) {
      if (watchers.size() < walkers || county.dice.between(0, 3) == 0) watchers.push_back(one);
    }
    if (watchers.size() > walkers) watchers.resize(walkers);
    std::map<AccountId, Seen> before;
    for (const AccountId one : watchers) before[one] = look_around(town, one);

    const Matter matter = town.received();
    for (const UnitId unit : accused.units) town.name(matter, unit);
    for (const AccountId person : accused.people) town.name(matter, person);
    // To any unit: it goes through where it may, and nowhere else.
    UnitId target;
    for (int attempt = 0; attempt < 20 && target.empty(); ++attempt) {
      const UnitId unit = county.dice.one_of(county.units);
      const std::string said = town.try_step(town.who("dispatcher"), matter, EventKind::transferred,
                                             {{"unit", unit.text()}, {"reason", "属于你单位职责"}});
      EXPECT_EQ(said == "done", !closure.units.contains(unit)) << said << ' ' << unit.text();
      if (said == "done") target = unit;
    }
    for (const AccountId one : watchers) {
      SCOPED_TRACE("case " + std::to_string(i) + " login " + town.account(one).login);
      for (const std::string& difference : differences(before.at(one), look_around(town, one))) {
        ADD_FAILURE() << difference;
      }
      for (const std::string& door : told_apart(town, one, matter)) ADD_FAILURE() << door;
      ++walked;
    }
    if (::testing::Test::HasFailure()) return;
    // Then everything moves: a unit somewhere else, and whoever has the case gives it back.
    const UnitId moved = county.dice.one_of(county.units);
    const UnitId below = county.dice.one_of(county.units);
    bool circle = moved == below || moved == town.unit("government") ||
                  moved == town.unit("petition") || moved == town.unit("discipline");
    for (UnitId at = below; !at.empty(); at = county.registers.parent.at(at)) {
      circle = circle || at == moved;
    }
    if (!circle && county.depth_of(below) < 6) {
      town.move(moved, below);
      county.registers.parent[moved] = below;
      const Closure after = closure_of(county.registers, accused);
      const cases::CaseFile file = town.file(matter);
      EXPECT_FALSE(after.units.contains(file.lead_unit)) << "taken back in the same transaction";
    }
  }
  EXPECT_GT(walked, 0);
}

}  // namespace
}  // namespace minhu::accused
