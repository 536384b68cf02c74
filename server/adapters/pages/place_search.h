// Which towns and villages somebody means by what they typed: "上溪村小学东边", "竹源上溪", "上溪".
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "features/places_and_units/places_and_units.h"

namespace minhu::pages {

struct PlaceChoice {
  std::string code;
  std::string path;  // "竹源镇 上溪村"
};
// The likeliest places, at most `limit`; one only when there is no doubt.
std::vector<PlaceChoice> places_meant(Reading& reading, RegionId region, std::string_view text,
                                      std::size_t limit);

}  // namespace minhu::pages
