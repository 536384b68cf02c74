// What units are called, and nothing else of them: most answers name a unit or two.
#pragma once

#include <map>
#include <string>

#include "features/places_and_units/places_and_units.h"

namespace minhu::places_and_units {

// Of every unit of the region, closed ones too.
std::map<UnitId, std::string> unit_names(Reading& reading, RegionId region);

}  // namespace minhu::places_and_units
