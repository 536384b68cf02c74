// What the library of texts of a new county begins with.
#pragma once

#include "app/foundation.h"

namespace minhu::app {

// The texts built in from policies/texts. Nothing when the county has texts already.
Outcome put_first_texts(Foundation& foundation, RegionId region);

}  // namespace minhu::app
