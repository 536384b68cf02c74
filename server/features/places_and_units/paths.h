// The way down to a place, "竹源镇 上溪村", wherever places are looked up. Inner header.
#pragma once

#include <string>
#include <string_view>

#include "features/places_and_units/places_and_units.h"

namespace minhu::places_and_units {

// `find(code)` gives an std::optional<Place>.
template <class Find>
std::string path_to(std::string_view code, Find&& find) {
  std::string path;
  std::string at(code);
  // A tree of five levels; the bound keeps a file that names a place as its own parent from looping
  // for ever.
  for (int level = 0; level < 6 && !at.empty(); ++level) {
    const auto place = find(at);
    if (!place || (place->parent.empty() && !path.empty())) break;
    path = path.empty() ? place->name : place->name + ' ' + path;
    at = place->parent;
  }
  return path;
}

}  // namespace minhu::places_and_units
