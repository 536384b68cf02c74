// The cases of a class that somebody is kept from (cases/closure.h), whatever has become of them:
// one that is over is as little theirs to count as one that is open.
#pragma once

#include <map>
#include <span>
#include <vector>

#include "features/cases/case_file.h"
#include "features/cases/context.h"
#include "features/classes/class_file.h"
#include "ports/storage.h"

namespace minhu::classes {

// Of the cases in a class those that accuse or keep out anybody at all, over or not. Looks at each
// member.
std::vector<cases::CaseFile> naming_members(Reading& reading, RegionId region, ClassId id);

// In no order. Looks at few members, however many there are (may_name.h).
std::vector<cases::CaseFile> members_kept_from(Reading& reading, const cases::Context& context,
                                               ClassId id);
// How many of each class, for a list: in as many questions as for one. Each class once.
std::map<ClassId, std::int64_t> count_kept_from(Reading& reading, const cases::Context& context,
                                                std::span<const ClassId> ids);
// Those of a list that are left.
std::vector<cases::CaseId> without_kept_from(Reading& reading, const cases::Context& context,
                                             std::vector<cases::CaseId> ids);

}  // namespace minhu::classes
