// How far anybody goes up the tree of units, or of categories: deeper than any there is, and an end
// for one that was entered as a circle.
#pragma once

namespace minhu::places_and_units {

inline constexpr int deepest_tree = 16;

}  // namespace minhu::places_and_units
