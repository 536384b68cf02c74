// Events from before the record: an installation that is older than it has cases without leaves.
// They are written into the record at its first start, in the order of their cases, each case in
// the order of its events; then what the chronicles have, which for a time had no leaves. Their
// leaves are as old as that day: the record proves that they stand as they stood then, not what
// happened to them before. When each was recorded says its payload.
#pragma once

#include "features/cases/installation.h"
#include "features/record/chronicle_leaves.h"

namespace minhu::record {

struct TakenOver {
  std::int64_t leaves = 0;
  bool is_done = false;  // nothing is left, now and for ever: every later event brings its leaf
};

// Some cases in one job, so that nobody who writes waits long. Fault out_of_storage.
Result<TakenOver> take_over_some(const cases::Installation& installation, Chronicles chronicles);
// Whether every event of the chronicle from before has its leaf: one without is then a finding.
bool is_taken_over(Reading& reading, RegionId region, const Chronicle& chronicle);
// Looks at everything once more: events may have been written without the record.
void take_over_again(Transaction& transaction, RegionId region);

}  // namespace minhu::record
