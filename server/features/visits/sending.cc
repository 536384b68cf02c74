#include "features/visits/sending.h"

#include <algorithm>

#include "features/accounts/accounts.h"
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

bool at_the_seat(Reading& reading, RegionId region, const Visit& visit) {
  if (visit.form != Form::reception) return false;
  const auto unit = places_and_units::find_unit(reading, region, visit.unit);
  const bool known = unit && !unit->place.empty();
  return visit.place == (known ? unit->place : std::to_string(region.value));
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

Outcome check_leader(Reading& reading, const cases::Context& context, const Visit& visit) {
  if (visit.leader.name.empty() || visit.place.empty()) return {};
  const RegionId region = context.county.region;
  const bool stays = at_the_seat(reading, region, visit);
  for (const auto& one : accounts::accounts_shown_as(reading, region, visit.leader.name)) {
    const bool barred =
        is_away(reading, context, one.id, visit.begins) ||
        (!stays && lies_in_one_of(places_to_avoid(reading, context, one.principal), visit.place));
    if (barred) {
      return fail(FaultCode::conflict, "visits.cannot_be_sent", "leader_name",
                  std::map<std::string, std::string>{{"leader", visit.leader.name}});
    }
  }
  return {};
}

}  // namespace minhu::visits
