// Small numbers hidden in a publication whose numbers add up to one another in several ways at
// once (INV-18, docs/adr/0023). Pure, and the same for the same numbers.
//
// Every number is a pipe and every sum a joint: what goes into a joint comes out of it. So a hidden
// number can be larger or smaller exactly as far as something else can flow around it through other
// hidden numbers, and that is counted exactly, in whole numbers.
#pragma once

#include <cstdint>
#include <vector>

namespace minhu::insight {

struct PublishedCell {
  std::int64_t number = 0;
  // False: nobody is shown it, but whoever reckons could find it (what is left of a whole).
  bool printed = true;
};

// The numbers of `whole` together are the numbers of `parts` together. A cell stands in `whole` of
// one sum at most, and in `parts` of one at most.
struct Sum {
  std::vector<std::size_t> whole;
  std::vector<std::size_t> parts;
};

// For each cell whether it is hidden. A 0 is always shown: it says that there is nobody. What is
// promised of every hidden number, and of every number from 1 to 4 that is not printed:
//   whoever knows what is shown, all sums, that numbers are whole, and that a hidden one is 1 at
//   least (0 at least where it is not printed), is left with five values of it or more, and with
//   one of 5 or more among them.
// More is hidden only where that needs it, and then what has the fewest matters.
std::vector<bool> hidden_in(const std::vector<PublishedCell>& cells, const std::vector<Sum>& sums);

}  // namespace minhu::insight
