#include "engines/text/finder.h"

#include <algorithm>

namespace minhu::text {

void find_entities(const NormalText& text, const std::vector<Piece>& pieces,
                   std::vector<Found>& out) {
  out.clear();
  find_numbers(text, out);
  std::vector<bool> taken(text.size(), false);
  for (const Found& found : out) {
    std::fill(taken.begin() + found.begin, taken.begin() + found.end, true);
  }
  find_names(text, pieces, taken, out);
  for (const Found& found : out) {
    std::fill(taken.begin() + found.begin, taken.begin() + found.end, true);
  }
  find_persons(text, pieces, taken, out);
  std::sort(out.begin(), out.end(), [](const Found& a, const Found& b) {
    return a.begin != b.begin ? a.begin < b.begin : a.end > b.end;
  });
}

}  // namespace minhu::text
