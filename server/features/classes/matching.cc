#include "features/classes/matching.h"

#include <algorithm>
#include <unordered_set>

#include "features/cases/store.h"
#include "features/places_and_units/places_and_units.h"

namespace minhu::classes {

namespace {

// What is not to be counted stands in every statement below: an accusation is in no count, so that
// nobody can read from one whether there is any. So is a report of retaliation.
#define MINHU_ARRIVAL_COLUMNS "case_id, place, state, received_at, merged_into"
#define MINHU_MAY_BE_COUNTED                                                            \
  "AND track <> 'accusation' AND state <> 'held' AND state <> 'voided' AND erased = 0 " \
  "AND retaliation_for IS NULL"

Arrival arrival_of(const Row& row) {
  return {row.id<cases::CaseId>(0), std::string(row.text(1)), std::string(row.text(2)),
          row.instant(3), !row.is_null(4)};
}

}  // namespace

bool may_be_counted(const cases::CaseFile& file) {
  return file.track != cases::Track::accusation && file.state != cases::State::held &&
         file.state != cases::State::voided && !file.erased && file.retaliation_for.empty();
}

bool lies_in(std::string_view place, const std::vector<std::string>& places) {
  // Codes are digits of the division: what lies under a place begins with its code.
  return places.empty() || std::any_of(places.begin(), places.end(), [&](const std::string& one) {
           return place.starts_with(one);
         });
}

std::vector<std::string> categories_under(Reading& reading, RegionId region,
                                          std::string_view category) {
  std::vector<std::string> found{std::string(category)};
  const auto colon = category.find(':');
  if (colon == std::string_view::npos) return found;
  const std::string scheme(category.substr(0, colon));
  const auto all = places_and_units::categories_of(reading, region, scheme);
  std::vector<std::string> codes{std::string(category.substr(colon + 1))};
  for (std::size_t i = 0; i < codes.size(); ++i) {
    for (const auto& one : all) {
      if (one.parent != codes[i] || one.code == codes[i]) continue;
      if (std::find(codes.begin(), codes.end(), one.code) != codes.end()) continue;
      codes.push_back(one.code);
      found.push_back(scheme + ":" + one.code);
    }
  }
  return found;
}

std::vector<Arrival> ByCategoryAndPlace::matching(Reading& reading, const cases::County& county,
                                                  const Definition& definition, Instant from,
                                                  Instant to) const {
  std::vector<Arrival> found;
  if (!definition.group.empty() || definition.category.empty()) return found;
  for (const std::string& category :
       categories_under(reading, county.region, definition.category)) {
    reading.query("SELECT " MINHU_ARRIVAL_COLUMNS
                  " FROM case_file WHERE region_id = ?1 AND category = ?2 AND received_at >= ?3 "
                  "AND received_at < ?4 " MINHU_MAY_BE_COUNTED,
                  {param(county.region), std::string_view(category), param(from), param(to)},
                  [&](const Row& row) {
                    if (lies_in(row.text(1), definition.places)) found.push_back(arrival_of(row));
                  });
  }
  return found;
}

const Matching& by_category_and_place() {
  static const ByCategoryAndPlace one;
  return one;
}

std::vector<Arrival> arrivals_of(Reading& reading, const cases::County& county,
                                 const Matching& matching, const ClassFile& file, Instant from,
                                 Instant to) {
  std::vector<Arrival> found = matching.matching(reading, county, file.definition, from, to);
  std::unordered_set<cases::CaseId> seen;
  std::erase_if(found, [&](const Arrival& one) {
    return file.is_unrelated(one.id) || !seen.insert(one.id).second;
  });
  reading.query(
      "SELECT f.case_id, f.place, f.state, f.received_at, f.merged_into "
      "FROM class_member m JOIN case_file f "
      "ON f.region_id = m.region_id AND f.case_id = m.case_id "
      "WHERE m.region_id = ?1 AND m.class_id = ?2 AND f.region_id = ?1 "
      "AND f.received_at >= ?3 AND f.received_at < ?4 AND f.track <> 'accusation' "
      "AND f.state <> 'held' AND f.state <> 'voided' AND f.erased = 0 "
      "AND f.retaliation_for IS NULL",
      {param(county.region), param(file.id), param(from), param(to)}, [&](const Row& row) {
        Arrival one = arrival_of(row);
        if (seen.insert(one.id).second) found.push_back(std::move(one));
      });
  return found;
}

void each_received(Reading& reading, RegionId region, Instant from, Instant to,
                   const std::function<void(const Passing&)>& each) {
  reading.query(
      "SELECT place, category, channel, state, received_at, merged_into FROM case_file "
      "WHERE region_id = ?1 AND received_at >= ?2 AND received_at < ?3 " MINHU_MAY_BE_COUNTED,
      {param(region), param(from), param(to)}, [&](const Row& row) {
        each({row.text(0), row.text(1), row.text(2), row.text(3), row.instant(4), !row.is_null(5)});
      });
}

}  // namespace minhu::classes
