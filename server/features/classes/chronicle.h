// The steps of all classes, for whoever proves that they stand as they were written: the record,
// and the rebuild. Rows of today of a class: its row for lists, the cases in it, and those of which
// somebody said that they are not.
#pragma once

#include "features/state_machine/chronicle.h"

namespace minhu::classes {

const state_machine::Chronicle& chronicle();

}  // namespace minhu::classes
