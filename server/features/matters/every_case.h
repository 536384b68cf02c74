// A walk over all cases in small readings, so that nobody waits for it and it waits for nobody.
#pragma once

#include <functional>
#include <span>

#include "features/cases/case_file.h"
#include "ports/storage.h"

namespace minhu::matters {

// In order of id, in groups as large as one question is asked of (cases/together.h). `each` gives
// whether to go on. After each reading, of 200 cases at most, comes
// `between`: what takes long, and need not be done while a snapshot is held. A case that changes
// during the walk is seen as it was or as it is; one that comes is seen when its id lies ahead.
void each_group(
    Database& database, RegionId region,
    const std::function<bool(Reading&, std::span<const cases::CaseFile>)>& each,
    const std::function<void()>& between = [] {});
// One by one.
void each_case(
    Database& database, RegionId region,
    const std::function<bool(Reading&, const cases::CaseFile&)>& each,
    const std::function<void()>& between = [] {});

}  // namespace minhu::matters
