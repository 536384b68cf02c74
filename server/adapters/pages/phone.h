// Phone numbers as people write and dictate them.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace minhu::pages {

struct Phone {
  std::string digits;   // without +86: "13800000021", "057988880000"
  bool mobile = false;  // can be sent a text message
};
// Takes blanks, dashes, brackets, +86 or 0086 in front, full-width digits and digits said as words
// (幺三八…).
std::optional<Phone> parse_phone(std::string_view text);
// A number of an office as a phone dials it, and as it stands in a sentence without a line ending
// in it.
std::string dialable(std::string_view text);
std::string unbroken(std::string_view text);
// 138****0021: enough to recognise one's own number.
std::string mask_phone(std::string_view digits);

}  // namespace minhu::pages
