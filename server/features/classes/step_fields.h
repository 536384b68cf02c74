// What a step brought, checked against the fields of its edge. Inner header.
#pragma once

#include <map>
#include <string>

#include "features/cases/context.h"
#include "features/classes/edges.h"
#include "features/classes/event.h"
#include "features/state_machine/given.h"
#include "ports/storage.h"

namespace minhu::classes {

using state_machine::GivenFields;

// Faults invalid_input, each with `field`: classes.field_missing, classes.field_unknown,
// classes.field_wrong, and those of office_words.
Result<Facts> check_fields(Reading& reading, const cases::Context& context, const Edge& edge,
                           const GivenFields& given);

// "2026-11"
bool is_month(std::string_view text);

}  // namespace minhu::classes
