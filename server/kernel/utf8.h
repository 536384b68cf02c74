// Text is UTF-8. What is not valid UTF-8 never enters the house.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "kernel/result.h"

namespace minhu {

bool is_valid_utf8(
    std::string_view text) noexcept;  // refuses overlong forms, surrogates and > U+10FFFF
std::size_t code_points(std::string_view text) noexcept;  // of valid text; what "2000 字" counts

// Valid, without NUL and other C0 controls except tab and line ends; CRLF and CR become LF; blanks
// at both ends and U+FEFF go. Faults kernel.not_utf8, kernel.control_character.
Result<std::string> clean_text(std::string_view text);

std::string_view first_code_points(std::string_view text, std::size_t count) noexcept;

}  // namespace minhu
