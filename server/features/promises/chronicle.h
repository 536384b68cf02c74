// The steps of all promises, and of all relays, for whoever proves that they stand as they were
// written: the record, and the rebuild.
#pragma once

#include "features/state_machine/chronicle.h"

namespace minhu::promises {

// Rows of today: the row for lists.
const state_machine::Chronicle& chronicle();
// Rows of today: the row for lists, and the lines of the frozen list, whose digests stand in the
// event that froze it. A line that was changed cannot be written anew: nothing else has its words.
const state_machine::Chronicle& relay_chronicle();

}  // namespace minhu::promises
