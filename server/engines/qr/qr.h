// A QR code as the path of an SVG: sharp at every size, the same for pages, the API and print.
#pragma once

#include <string>
#include <string_view>

namespace minhu::qr {

// `path` is made of numbers alone, with nothing of the text in it; it lies in a square of `size`
// modules, four of them white around the code.
struct Drawing {
  int size = 0;
  std::string path;
};

// For up to 1,000 bytes, which always fit (error correction M).
Drawing drawing_of(std::string_view text);

}  // namespace minhu::qr
