#include "features/visits/sending.h"

#include <algorithm>

#include "features/accounts/delegation.h"
#include "features/cases/closure.h"
#include "features/places_and_units/places_and_units.h"

namespace minhu::visits {

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

std::vector<std::string> places_to_avoid(Reading& reading, const cases::Context& context,
                                         const accounts::Principal& official) {
  cases::Context theirs = context;
  theirs.actor = official;
  std::vector<std::string> places;
  for (const cases::CaseFile& file : cases::kept_from(reading, theirs)) {
    for (std::string& place : where(reading, context.county.region, file)) {
      places.push_back(std::move(place));
    }
  }
  std::sort(places.begin(), places.end());
  places.erase(std::unique(places.begin(), places.end()), places.end());
  return places;
}

bool lies_in_one_of(const std::vector<std::string>& places, std::string_view code) {
  // Codes are digits of the division: what lies under a place begins with its code.
  return std::any_of(places.begin(), places.end(),
                     [&](const std::string& place) { return code.starts_with(place); });
}

bool is_away(Reading& reading, const cases::Context& context, accounts::AccountId official,
             Instant at) {
  const auto given =
      accounts::delegations_given(reading, context.county.region, official, context.now);
  return std::any_of(given.begin(), given.end(), [&](const accounts::Delegation& one) {
    return one.starts_at <= at && at < one.ends_at;
  });
}

}  // namespace minhu::visits
