// What reading knows of this county: the names of its places and offices.
#pragma once

#include <string>
#include <vector>

#include "engines/text/accused.h"
#include "engines/text/lexicon.h"
#include "features/places_and_units/places_and_units.h"

namespace minhu::matters {

// The words built into the program and the names of the county's places and units. A name that
// reading cannot take (too long) is left out.
text::Lexicon county_lexicon(Reading& reading, RegionId region);

// The county's active units, as the guard looks for them.
struct CountyUnits {
  std::vector<places_and_units::Unit> units;
  std::vector<text::KnownUnit> known;  // in the same order
};
CountyUnits county_units(Reading& reading, RegionId region);

// Where a case lies, for a general word such as 村干部: its place and what lies above it, below the
// county.
text::Whereabouts whereabouts(Reading& reading, RegionId region, std::string_view place);

}  // namespace minhu::matters
