// A QR code as SVG, made by the server so that it is there without JavaScript and prints sharp.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace minhu::qr_code {

// A path of numbers in a square of `size` modules, four of them white around the code.
struct Drawing {
  int size = 0;
  std::string path;
};
Drawing drawing_of(std::string_view text);

// Safe markup: a path of numbers, nothing of the text itself. Four modules of white around it.
// `label` is what a screen reader says. `text` is an address of at most 500 bytes.
std::string as_svg(std::string_view text, std::string_view label);

// The same for a text of up to some 2,900 bytes, with less to spare for dirt: to be read off a
// screen or a clean sheet. Nothing when it does not fit.
std::optional<std::string> as_large_svg(std::string_view text, std::string_view label);

}  // namespace minhu::qr_code
