// Which members of a class may name somebody. Only such a case can be hidden from a reader, few do,
// and a class may have ten thousand members: so each member whose case is known to name nobody is
// marked, in the transaction that puts it into the class, and the mark goes in the transaction that
// makes the case name somebody. Whatever is not marked is looked at: an error in doubt costs time
// and tells nothing. Inner header.
#pragma once

#include <map>
#include <span>
#include <vector>

#include "features/cases/kinds.h"
#include "features/classes/kinds.h"
#include "ports/storage.h"

namespace minhu::classes {

// Of these classes all members that name somebody. Each class once. A program of the release before
// may serve beside this one and leaves the mark of a case that comes to name somebody: what names
// and has changed within a day is among them whatever its mark says.
std::map<ClassId, std::vector<cases::CaseId>> members_that_name(Reading& reading, RegionId region,
                                                                std::span<const ClassId> ids,
                                                                Instant now);

// In the transaction that has saved the case, after every step but its first.
void doubt_if_it_names(Transaction& transaction, RegionId region, cases::CaseId id);

}  // namespace minhu::classes
