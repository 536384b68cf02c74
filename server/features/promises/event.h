// What happened to a promise or to a relay, append-only. An event holds codes, ids, dates and what
// an office says in public about the promise; what was said (the promise itself, a report, a
// verdict) lies in the content store, and the event keeps its id and commitment.
#pragma once

#include "features/promises/kinds.h"
#include "features/state_machine/event.h"

namespace minhu::promises {

using state_machine::Facts;
using state_machine::payload_of;
using Event = state_machine::EventOf<PromiseId, EventKind>;
using RelayEvent = state_machine::EventOf<RelayId, RelayEventKind>;

}  // namespace minhu::promises
