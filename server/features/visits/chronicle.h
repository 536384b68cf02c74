// The steps of all visits, for whoever proves that they stand as they were written: the record, and
// the rebuild. Rows of today of a visit: its row for lists, and the cases that it leads to.
#pragma once

#include "features/state_machine/chronicle.h"

namespace minhu::visits {

const state_machine::Chronicle& chronicle();

}  // namespace minhu::visits
