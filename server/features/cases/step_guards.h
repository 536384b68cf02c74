// What the table of edges cannot say: the conditions of single steps that need the case, the time
// or another table.
#pragma once

#include "features/cases/case_file.h"
#include "features/cases/context.h"
#include "features/cases/step_fields.h"
#include "ports/storage.h"

namespace minhu::cases {

// May add facts that the program knows better than the actor (the unit that reviews, the part of
// the day of a call).
Outcome guard_step(Reading& reading, const Context& context, const CaseFile& file, EventKind kind,
                   Instant happened_at, CheckedFields& fields);

// Whether the speaker's own time for this step is over: to ask for a review or a recheck, to rate.
bool past_its_time(const County& county, const CaseFile& file, EventKind kind, Instant now);

// Whether the speaker urged within the last three days: until then it is not recorded again.
bool urged_lately(const CaseFile& file, Instant now);

}  // namespace minhu::cases
