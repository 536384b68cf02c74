// What a step brought, checked against its fields. Inner header.
#pragma once

#include <map>
#include <span>
#include <string>

#include "features/cases/context.h"
#include "features/promises/edges.h"
#include "features/promises/event.h"
#include "features/state_machine/given.h"
#include "ports/storage.h"

namespace minhu::promises {

using state_machine::at_fault;
using state_machine::GivenFields;

// An office's words that everybody may read: clean, not too long, without a number that belongs to
// one person. Faults invalid_input promises.field_missing, promises.too_long (details: most),
// promises.personal_details, and those of clean_text, all with `field`.
Result<std::string> public_words(std::string_view text, std::string_view field, std::size_t most);
// What somebody said, on its way into the content store: clean, not empty, not too long. Faults as
// above, without personal_details.
Result<std::string> said_words(std::string_view text, std::string_view field, std::size_t most);
// A day as it is stored, 2026-11-23. Faults promises.field_missing, promises.field_wrong.
Result<std::string> day(std::string_view text, std::string_view field);

// Facts for the event, and what goes into the content store.
struct Checked {
  Facts facts;
  std::map<std::string, std::string, std::less<>> sealed;
};
// Faults invalid_input, each with `field`: promises.field_missing, promises.field_unknown,
// promises.field_wrong, and those above.
Result<Checked> check_fields(Reading& reading, const cases::Context& context,
                             std::span<const Field> fields, const GivenFields& given);

}  // namespace minhu::promises
