// Small numbers are hidden so that nobody can be recognised behind one, and enough others with them
// that the hidden ones cannot be worked out from the totals (INV-18). Pure.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

namespace minhu::insight {

inline constexpr std::int64_t smallest_shown = 5;

using Hideable = std::optional<std::int64_t>;

// A table whose row totals and column totals are known to the reader. Every number from 1 to 4 is
// hidden. Then, until it holds: in each line the hidden ones are none or add up to at least five
// and are at least two; and none of them is fixed by the rest (the hidden cells, seen as edges
// between rows and columns, have no bridge). A 0 says that there is nobody, and is shown unless it
// must go with another.
std::vector<std::vector<Hideable>> hide_small(const std::vector<std::vector<std::int64_t>>& table);
// One row with a known total.
std::vector<Hideable> hide_small(const std::vector<std::int64_t>& row);
// A number by itself.
Hideable hide_small(std::int64_t number);

}  // namespace minhu::insight
