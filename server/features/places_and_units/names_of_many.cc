#include "features/places_and_units/names_of_many.h"

#include <set>
#include <vector>

#include "features/places_and_units/paths.h"
#include "features/places_and_units/places_and_units.h"
#include "ports/in_groups.h"

namespace minhu::places_and_units {

namespace {

constexpr std::size_t at_once = 16;
#define MINHU_PLACES_AT_ONCE \
  "(?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17)"
#define MINHU_CATEGORIES_AT_ONCE \
  "(?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18)"

using Places = std::map<std::string, Place>;

void read_places(Reading& reading, RegionId region, const std::vector<std::string>& codes,
                 Places& places) {
  in_groups<at_once>(codes, {param(region)}, [&](const Parameters& these) {
    reading.query(
        "SELECT code, parent, name FROM place WHERE region_id = ?1 AND code "
        "IN " MINHU_PLACES_AT_ONCE,
        these, [&](const Row& row) {
          std::string code(row.text(0));
          Place place{code, std::string(row.text(1)), std::string(row.text(2))};
          places.emplace(std::move(code), std::move(place));
        });
  });
}

std::vector<std::string> each_once(std::span<const std::string> codes) {
  std::set<std::string> all(codes.begin(), codes.end());
  all.erase(std::string());
  return {all.begin(), all.end()};
}

}  // namespace

std::map<std::string, std::string> place_names(Reading& reading, RegionId region,
                                               std::span<const std::string> codes) {
  Places places;
  read_places(reading, region, each_once(codes), places);
  std::map<std::string, std::string> names;
  for (auto& [code, place] : places) names.emplace(code, std::move(place.name));
  return names;
}

std::map<std::string, std::string> place_paths(Reading& reading, RegionId region,
                                               std::span<const std::string> codes) {
  const std::vector<std::string> wanted = each_once(codes);
  Places places;
  std::set<std::string> asked;
  // Level by level: what is asked next are the parents of what was found last.
  for (std::vector<std::string> next = wanted; !next.empty();) {
    read_places(reading, region, next, places);
    asked.insert(next.begin(), next.end());
    std::set<std::string> parents;
    for (const auto& [code, place] : places) {
      if (!place.parent.empty() && !asked.contains(place.parent)) parents.insert(place.parent);
    }
    next.assign(parents.begin(), parents.end());
  }
  std::map<std::string, std::string> paths;
  for (const std::string& code : wanted) {
    paths.emplace(code, path_to(code, [&](const std::string& at) {
                    const auto found = places.find(at);
                    return found == places.end() ? std::nullopt : std::optional(found->second);
                  }));
  }
  return paths;
}

std::map<std::string, std::string> category_names(Reading& reading, RegionId region,
                                                  std::span<const std::string> categories) {
  std::map<std::string, std::vector<std::string>> codes_of;  // by scheme
  for (const std::string& category : each_once(categories)) {
    const auto colon = category.find(':');
    if (colon == std::string::npos) continue;
    codes_of[category.substr(0, colon)].push_back(category.substr(colon + 1));
  }
  std::map<std::string, std::string> names;
  for (const auto& [scheme, codes] : codes_of) {
    in_groups<at_once>(codes, {param(region), param(scheme)}, [&](const Parameters& these) {
      reading.query(
          "SELECT code, name FROM category WHERE region_id = ?1 AND scheme = ?2 AND code "
          "IN " MINHU_CATEGORIES_AT_ONCE,
          these, [&](const Row& row) {
            names.emplace(scheme + ':' + std::string(row.text(0)), row.text(1));
          });
    });
  }
  return names;
}

}  // namespace minhu::places_and_units
