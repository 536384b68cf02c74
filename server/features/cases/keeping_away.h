// Takes a case out of every hand that stands in the closure of those whom it accuses (closure.h).
// What is seen is asked again at each reading, so nothing is seen meanwhile; this makes somebody
// else responsible, in the same transaction as the step that caused it, or, when a register of
// units or officials changed, within the minute in which the program looks.
#pragma once

#include <cstdint>
#include <vector>

#include "features/cases/context.h"
#include "features/cases/installation.h"
#include "features/cases/kinds.h"
#include "ports/storage.h"

namespace minhu::cases {

// Appends, by the program: taken_back (objection_upheld, when the unit had objected) from a unit
// that has it; kept_away from one that helps, was asked or reviews; handed_up from the body that
// dispatches, to the one above (guard.h). Nothing when no such unit has any part in it. When nobody
// above may have it, it stays where it is and is seen by nobody there.
Outcome keep_away(Transaction& transaction, const Context& context, CaseId id);

// The same for every open case that names somebody: how many had to be taken out of a hand. Run by
// the program again and again; a second run finds nothing.
std::int64_t keep_all_away(Transaction& transaction, const Context& context);
// Which ones. For the program alone: that there is such a case is told to nobody who may not know
// of it.
std::vector<CaseId> take_out_of_wrong_hands(Transaction& transaction, const Context& context);
std::int64_t keep_all_away(const Installation& installation);

}  // namespace minhu::cases
