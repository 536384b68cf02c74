// What happened to a class, append-only. An event holds codes, ids, dates, counts, and what
// officials wrote about the class: the office's words, never a person's (office_words.h refuses
// telephone numbers and the like in them).
#pragma once

#include "features/classes/kinds.h"
#include "features/state_machine/event.h"

namespace minhu::classes {

using state_machine::Facts;
using state_machine::payload_of;
using Event = state_machine::EventOf<ClassId, EventKind>;

// Links and their like: they change who is in the class, not what is known of it.
bool is_about_a_case(EventKind kind) noexcept;

}  // namespace minhu::classes
