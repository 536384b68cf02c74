#include "adapters/pages/place_search.h"

#include <algorithm>

#include "kernel/utf8.h"

namespace minhu::pages {

namespace {

using places_and_units::Place;

constexpr std::int64_t most_places = 20'000;

// The name without what kind of place it is: people say 上溪 for 上溪村.
std::string_view stem(std::string_view name) {
  for (const std::string_view kind : {"街道", "社区", "村", "镇", "乡"}) {
    if (name.ends_with(kind) && code_points(name) > code_points(kind) + 1) {
      return name.substr(0, name.size() - kind.size());
    }
  }
  return name;
}

// How closely the text names the place; 0 when it does not.
std::size_t closeness(std::string_view text, const Place& place) {
  if (text.find(place.name) != std::string_view::npos) return 2 * code_points(place.name);
  const auto short_name = stem(place.name);
  if (code_points(short_name) >= 2 && text.find(short_name) != std::string_view::npos) {
    return 2 * code_points(short_name) - 1;
  }
  // Still being typed: the name begins with the text.
  if (code_points(text) >= 2 && place.name.starts_with(text)) return 1;
  return 0;
}

}  // namespace

std::vector<PlaceChoice> places_meant(Reading& reading, RegionId region, std::string_view text,
                                      std::size_t limit) {
  struct Named {
    Place place;
    std::size_t closeness;
    bool town_is_named = false;
  };
  std::vector<Named> named;
  if (code_points(text) < 2) return {};
  for (Place& place : places_and_units::search_places(reading, region, "", most_places)) {
    if (place.parent.empty()) continue;  // the county itself says nothing
    if (const auto close = closeness(text, place); close > 0)
      named.push_back({std::move(place), close});
  }
  for (Named& one : named) {
    one.town_is_named = std::any_of(named.begin(), named.end(), [&](const Named& other) {
      return other.place.code == one.place.parent;
    });
  }
  // "竹源镇上溪村" names both: the village of that town is meant, neither the town nor its
  // namesakes.
  if (std::any_of(named.begin(), named.end(), [](const Named& one) { return one.town_is_named; })) {
    std::erase_if(named, [](const Named& one) { return !one.town_is_named; });
  }
  std::size_t closest = 0;
  for (const Named& one : named) closest = std::max(closest, one.closeness);
  std::erase_if(named, [&](const Named& one) { return one.closeness < closest; });
  std::vector<PlaceChoice> choices;
  for (const Named& one : named) {
    if (choices.size() == limit) break;
    choices.push_back(
        {one.place.code, places_and_units::place_path(reading, region, one.place.code)});
  }
  return choices;
}

}  // namespace minhu::pages
