// The units to which a case may go, all of them at once: for forms that offer them. may_receive
// (guard.h) decides again when one was chosen.
#pragma once

#include <vector>

#include "features/cases/case_file.h"
#include "features/cases/context.h"
#include "features/places_and_units/places_and_units.h"
#include "ports/storage.h"

namespace minhu::cases {

// Those of `units`, which are all of the county, that may_receive allows, in their order.
std::vector<places_and_units::Unit> receivers_of(Reading& reading, const Context& context,
                                                 const CaseFile& file,
                                                 const std::vector<places_and_units::Unit>& units);

}  // namespace minhu::cases
