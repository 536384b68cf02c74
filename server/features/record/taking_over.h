// Events from before the record: an installation that is older than it has cases without leaves.
// They are written into the record at its first start, in the order of their cases, each case in
// the order of its events. Their leaves are as old as that day: the record proves that they stand
// as they stood then, not what happened to them before.
#pragma once

#include "features/cases/installation.h"

namespace minhu::record {

struct TakenOver {
  std::int64_t leaves = 0;
  bool is_done = false;  // nothing is left, now and for ever: every later event brings its leaf
};

// Some cases in one job, so that nobody who writes waits long. Fault out_of_storage.
Result<TakenOver> take_over_some(const cases::Installation& installation);
// Looks at every case once more: events may have been written without the record.
void take_over_again(Transaction& transaction, RegionId region);

}  // namespace minhu::record
