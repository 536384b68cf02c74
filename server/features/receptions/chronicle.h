// The steps of all tablets, for whoever proves that they stand as they were written: the record,
// and the rebuild. Rows of today: the tablet, its blocks of numbers, what arrived from it.
#pragma once

#include "features/cases/installation.h"
#include "features/state_machine/chronicle.h"

namespace minhu::receptions {

const state_machine::Chronicle& chronicle();

// Tablets from before there were events get them now, by the program: each says when it happened
// (`at`), and recorded_at that it was written down later. For every start; gives how many were
// written. Fault out_of_storage.
Result<std::int64_t> catch_up(const cases::Installation& installation);

}  // namespace minhu::receptions
