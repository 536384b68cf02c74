// A stake in a case that the program finds by itself: it comes to an official who is named in its
// words, or who wrote the answer that is now reviewed. They stay out of it from that step on, until
// a supervisor says that it is another of that name, or that it does not matter here.
#pragma once

#include "features/cases/context.h"
#include "features/cases/kinds.h"
#include "ports/storage.h"

namespace minhu::cases {

// After a step of that kind: looks where it brought the case to somebody new. Appends recusal_asked
// by the program for each official found; once decided, nobody is found again.
Outcome find_stakes(Transaction& transaction, const Context& context, CaseId id, EventKind kind);

}  // namespace minhu::cases
