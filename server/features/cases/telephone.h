// Telephone numbers as people leave them: typed on a page, read out to a clerk, copied from a card.
#pragma once

#include <string>
#include <string_view>

namespace minhu::cases {

// The digits alone, without blanks, dashes, brackets and China's 86 in front; full-width ones
// of all of these count as what they are. Empty where it is not one number: other characters, an
// extension, fewer than 7 digits or more than 12.
std::string digits_of_telephone(std::string_view text);
// Whether text messages reach it; of digits alone.
bool is_mobile(std::string_view digits) noexcept;

}  // namespace minhu::cases
