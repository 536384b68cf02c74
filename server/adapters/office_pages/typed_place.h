// A place as people write it — "上溪村", "竹源镇 上溪村", "竹源镇上溪村", or its code — looked up
// among the places of the county.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "features/places_and_units/places_and_units.h"

namespace minhu::office_pages {

struct FoundPlaces {
  // One: that is it. More: somebody has to choose. None: there is no such name.
  std::vector<places_and_units::Place> places;
};
FoundPlaces find_typed_place(Reading& reading, RegionId region, std::string_view typed);

}  // namespace minhu::office_pages
