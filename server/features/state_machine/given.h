// What a step brought, gone through field by field.
#pragma once

#include <algorithm>
#include <map>
#include <span>
#include <string>
#include <string_view>

#include "features/state_machine/edge.h"

namespace minhu::state_machine {

using GivenFields = std::map<std::string, std::string, std::less<>>;

// Fault invalid_input at that field, which is also in its details.
tl::unexpected<Fault> at_fault(const char* key, std::string_view field);

// Clean text, not empty, at most so many characters. Faults invalid_input with `field`: those two
// keys (the second with details: most), kernel.not_utf8, kernel.control_character.
struct TextFaults {
  const char* missing;
  const char* too_long;
};
Result<std::string> text_within(std::string_view text, std::string_view field, std::size_t most,
                                const TextFaults& faults);

// A whole number from 0 to `largest`.
bool is_count(std::string_view text, std::int64_t largest);

// Calls `keep(field, value)` for each field that was given, in the order of the fields, and stops
// at the first Fault. What no field asks for and what a required field lacks is a Fault of these
// keys.
struct FieldFaults {
  const char* unknown;
  const char* missing;
};
template <class Field, class Keep>
Outcome for_each_given(std::span<const Field> fields, const GivenFields& given,
                       const FieldFaults& faults, Keep&& keep) {
  for (const auto& [name, value] : given) {
    const bool known = std::any_of(fields.begin(), fields.end(),
                                   [&](const Field& field) { return field.name == name; });
    if (!known) return at_fault(faults.unknown, name);
  }
  for (const Field& field : fields) {
    const auto found = given.find(field.name);
    if (found == given.end() || found->second.empty()) {
      if (field.presence == Presence::required) return at_fault(faults.missing, field.name);
      continue;
    }
    const Outcome kept = keep(field, found->second);
    if (!kept) return kept;
  }
  return {};
}

}  // namespace minhu::state_machine
