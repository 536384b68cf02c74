// A QR code as SVG, made by the server so that it is there without JavaScript and prints sharp.
#pragma once

#include <string>
#include <string_view>

namespace minhu::qr_code {

// Safe markup: a path of numbers, nothing of the text itself. Four modules of white around it.
// `label` is what a screen reader says. `text` is an address of at most 500 bytes.
std::string as_svg(std::string_view text, std::string_view label);

}  // namespace minhu::qr_code
