// What officials write about a class lies open in its events, outside the content store. So nothing
// may stand in it that belongs to one person: a telephone number, the number of an identity card or
// of a bank account.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "kernel/result.h"

namespace minhu::classes {

// Clean, not empty, at most so many characters, and without such numbers. Faults invalid_input, all
// with `field`: classes.field_missing, classes.too_long (details: most), classes.personal_details,
// kernel.not_utf8, kernel.control_character.
Result<std::string> office_words(std::string_view text, std::string_view field, std::size_t most);

// A telephone or mobile number, an identity card's or a bank card's number, in half- or full-width
// digits or in Chinese ones, with or without blanks, dashes or dots between. Dates, sums and the
// numbers of documents are none of these.
bool holds_a_personal_number(std::string_view text);

}  // namespace minhu::classes
