// What units are called, and nothing else of them: most answers name a unit or two.
#pragma once

#include <map>
#include <span>
#include <string>

#include "features/places_and_units/places_and_units.h"

namespace minhu::places_and_units {

// Of those of these units that there are, closed ones too.
std::map<UnitId, std::string> unit_names(Reading& reading, RegionId region,
                                         std::span<const UnitId> ids);

}  // namespace minhu::places_and_units
