// Steps that nobody takes by hand: consequences of another step, of time, of a changed register.
// Inner header.
#pragma once

#include "features/cases/case_file.h"
#include "features/cases/context.h"
#include "ports/storage.h"

namespace minhu::cases {

// The same moment and the same county, the program acting.
Context as_system(const Context& context);

// The next event of the case by the actor of the context, without facts, words and clocks.
Event new_event(const Context& context, const CaseFile& file, EventKind kind, Instant happened_at);
// Keeps the event and what follows from it, and tells the speaker where there is something to tell.
void append_and_tell(Transaction& transaction, const Context& context, const CaseFile& before,
                     const CaseFile& now, const Event& event);

// One step by the program, now: `file` is what the case was and becomes what it is.
Event append_of_the_program(Transaction& transaction, const Context& context, CaseFile& file,
                            EventKind kind, Facts facts);

}  // namespace minhu::cases
