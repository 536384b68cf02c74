// Cases that somebody said have nothing to do with each other, for whoever reads many. Inner
// header; of one case, and the saying: matters.h.
#pragma once

#include <map>
#include <span>
#include <vector>

#include "features/cases/case_file.h"
#include "ports/storage.h"

namespace minhu::matters {

// By case, in order of id; cases without any are not among them.
std::map<cases::CaseId, std::vector<cases::CaseId>> kept_apart(Reading& reading, RegionId region,
                                                               std::span<const cases::CaseId> ids);

}  // namespace minhu::matters
