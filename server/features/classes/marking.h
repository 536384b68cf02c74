// The marks of may_name.h, for whoever looks after a whole county.
#pragma once

#include "ports/storage.h"

namespace minhu::classes {

// Marks the members that name nobody and are not marked: all of before there were marks, what a
// program of the release before puts into classes, whose complaint was taken back. Takes away a
// mark that is wrong, which no program of this release leaves. How many; reads the cases of the
// county that name somebody and the members without a mark: for a job, now and then.
std::int64_t mark_members(Database& database, RegionId region);

}  // namespace minhu::classes
