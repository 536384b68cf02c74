// The chronicles of all features: whose steps stand in the record beside those of the cases.
#pragma once

#include "features/record/chronicle_leaves.h"

namespace minhu::app {

record::Chronicles chronicles();

}  // namespace minhu::app
