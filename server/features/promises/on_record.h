// Whether what a verification names is on record and speaks for it: a visit that was held at the
// place after the report, or a call to whoever it was promised to. Inner header.
#pragma once

#include "features/cases/context.h"
#include "features/promises/event.h"
#include "features/promises/promise.h"
#include "ports/storage.h"

namespace minhu::promises {

// Of a checked step `verified`. Faults conflict promises.not_on_record (details: why),
// promises.reporter_says_no.
Outcome on_record(Reading& reading, const cases::Context& context, const Promise& promise,
                  const Facts& facts);

}  // namespace minhu::promises
