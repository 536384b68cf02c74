// The queue on the day: the next one, and what becomes of them. Who is next is not chosen: it is
// the smallest number that waits; when nobody with a place waits any more, the smallest on the
// list.
#pragma once

#include "features/cases/context.h"
#include "features/cases/receipt_number.h"
#include "features/visits/visits.h"

namespace minhu::visits {

// Whom `call_next` would call; nothing when nobody waits. Pure.
const Group* next_in(const Visit& visit);

// The same token gives the group that it called, as it is now: who presses again because no answer
// came calls nobody else. Faults: not_found visits.no_such_visit; not_allowed visits.not_allowed;
// conflict visits.step_not_open, visits.nobody_waits, visits.somebody_called (details: number).
Result<Group> call_next(Transaction& transaction, const cases::Context& context, VisitId id,
                        const cases::ClientToken& token);

// set_aside, came_back, speaking, done, left, withdrawn. The same token does it once. Faults: as
// call_next, and not_found visits.no_such_group; conflict visits.without_case (details: number) for
// `done`: nobody leaves without a number.
Result<Visit> move_group(Transaction& transaction, const cases::Context& context, VisitId id,
                         GroupId group, EventKind kind, const cases::ClientToken& token);

}  // namespace minhu::visits
