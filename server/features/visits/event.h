// What happened to a visit, append-only. An event holds codes, ids, dates, counts, and what the
// office says in public about the visit; never who booked: that is sealed (contacts.h) and
// destroyed after it.
#pragma once

#include "features/state_machine/event.h"
#include "features/visits/kinds.h"

namespace minhu::visits {

using state_machine::Facts;
using state_machine::payload_of;
using Event = state_machine::EventOf<VisitId, EventKind>;

// It moves one group, not the visit.
bool is_about_a_group(EventKind kind) noexcept;

}  // namespace minhu::visits
