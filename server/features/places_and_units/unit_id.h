// The identity of a unit (机关、单位), apart so that whoever only names a unit need not know what
// one is.
#pragma once

#include "kernel/ids.h"

namespace minhu {

using UnitId = Id<struct UnitTag>;

}  // namespace minhu
