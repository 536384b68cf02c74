#include "features/visit_plans/recusals.h"

#include <algorithm>

#include "features/cases/closure.h"
#include "features/cases/store.h"
#include "features/places_and_units/places_and_units.h"

namespace minhu::visit_plans {

namespace {

// Where a case is: at its place, else where the units are that it accuses.
std::vector<std::string> where(Reading& reading, RegionId region, const cases::CaseFile& file) {
  if (!file.place.empty()) return {file.place};
  std::vector<std::string> places;
  for (const UnitId accused : file.complained_of) {
    const auto unit = places_and_units::find_unit(reading, region, accused);
    if (unit && !unit->place.empty()) places.push_back(unit->place);
  }
  return places;
}

}  // namespace

std::vector<std::vector<std::string>> places_to_avoid(
    Reading& reading, const cases::Context& context,
    const std::vector<accounts::Principal>& leaders, const std::vector<Village>& villages) {
  const RegionId region = context.county.region;
  struct Accusing {
    cases::CaseFile file;
    std::vector<std::string> places;
  };
  std::vector<Accusing> accusing;
  for (const cases::CaseId id : cases::named_cases(reading, region)) {
    auto file = cases::load_file(reading, region, id);
    if (!file) continue;
    auto places = where(reading, region, *file);
    accusing.push_back({std::move(*file), std::move(places)});
  }
  std::vector<std::vector<std::string>> avoided;
  for (const accounts::Principal& leader : leaders) {
    const cases::Circle circle = cases::circle_of(reading, region, leader, context.now);
    std::vector<std::string> all;
    for (const Accusing& one : accusing) {
      if (!cases::touches(circle, one.file)) continue;
      for (const std::string& place : one.places) {
        // Codes are digits of the division: what lies under a place begins with its code.
        for (const Village& village : villages) {
          if (village.code.starts_with(place)) all.push_back(village.code);
        }
      }
    }
    std::sort(all.begin(), all.end());
    all.erase(std::unique(all.begin(), all.end()), all.end());
    avoided.push_back(std::move(all));
  }
  return avoided;
}

}  // namespace minhu::visit_plans
