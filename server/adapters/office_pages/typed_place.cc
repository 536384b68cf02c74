#include "adapters/office_pages/typed_place.h"

#include <algorithm>

namespace minhu::office_pages {

namespace {

namespace places = places_and_units;

constexpr std::int64_t most_shown = 20;
constexpr std::size_t longest_name = 120;  // bytes

std::string without_blanks(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text.substr(i).starts_with("\u3000")) {
      i += 2;
    } else if (static_cast<unsigned char>(text[i]) > ' ') {
      out += text[i];
    }
  }
  return out;
}

bool begins_a_character(char c) {
  return (static_cast<unsigned char>(c) & 0xC0) != 0x80;
}

}  // namespace

FoundPlaces find_typed_place(Reading& reading, RegionId region, std::string_view typed) {
  const std::string name = without_blanks(typed);
  if (name.empty() || name.size() > longest_name) return {};
  if (auto by_code = places::find_place(reading, region, name)) return {{std::move(*by_code)}};

  // Written with its town in front: the longest ending that is a place's whole name, below places
  // that the beginning names.
  for (std::size_t at = 0; at < name.size(); ++at) {
    if (!begins_a_character(name[at])) continue;
    const std::string_view ending = std::string_view(name).substr(at);
    FoundPlaces found;
    for (places::Place& place : places::search_places(reading, region, ending, most_shown)) {
      if (place.name != ending) continue;
      const std::string path = without_blanks(places::place_path(reading, region, place.code));
      if (path.ends_with(name)) found.places.push_back(std::move(place));
    }
    if (!found.places.empty()) return found;
  }
  return {places::search_places(reading, region, name, most_shown)};
}

}  // namespace minhu::office_pages
