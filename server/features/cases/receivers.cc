#include "features/cases/receivers.h"

#include <algorithm>
#include <map>
#include <set>

#include "features/accounts/leadership.h"
#include "features/places_and_units/deepest_tree.h"

namespace minhu::cases {

namespace {

using places_and_units::deepest_tree;
using places_and_units::Unit;

// What complains_of asks for each unit by going up the tree: whether it, or a unit above it, is
// accused or led by somebody who is. Here from the accused, so that few questions answer for all.
std::set<UnitId> accused_units(Reading& reading, const Context& context, const CaseFile& file) {
  std::set<UnitId> accused(file.complained_of.begin(), file.complained_of.end());
  for (const accounts::AccountId person : file.accused_people) {
    for (const UnitId led : accounts::led_by(reading, context.county.region, person, context.now)) {
      accused.insert(led);
    }
  }
  return accused;
}

}  // namespace

std::vector<Unit> receivers_of(Reading& reading, const Context& context, const CaseFile& file,
                               const std::vector<Unit>& units) {
  std::vector<Unit> receivers;
  if (file.track == Track::accusation) return receivers;
  const std::set<UnitId> accused = accused_units(reading, context, file);
  std::map<UnitId, UnitId> above;
  for (const Unit& unit : units) above.emplace(unit.id, unit.parent);
  const auto is_below_an_accused = [&](UnitId unit) {
    for (int depth = 0; depth < deepest_tree && !unit.empty(); ++depth) {
      if (accused.contains(unit)) return true;
      const auto found = above.find(unit);
      if (found == above.end()) return false;
      unit = found->second;
    }
    return false;
  };
  std::copy_if(units.begin(), units.end(), std::back_inserter(receivers),
               [&](const Unit& unit) { return unit.active && !is_below_an_accused(unit.id); });
  return receivers;
}

}  // namespace minhu::cases
