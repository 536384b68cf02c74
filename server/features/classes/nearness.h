// Which published summaries are near to what somebody says, by the pairs of characters that they
// share. Pure; inner header.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

namespace minhu::classes {

struct Described {
  std::string_view title;
  std::string_view text;
  bool same_category = false;  // as what is said
};
// Places in the list, the nearest first; what has too little in common is left out. A pair that
// many of them hold says little, one of a title says more than one of a text.
std::vector<std::size_t> nearest(const std::vector<Described>& all, std::string_view words);

}  // namespace minhu::classes
