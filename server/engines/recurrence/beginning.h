// Inside the engine: a trouble that nobody had a year ago has no season to be compared with, and
// its empty months would make every measure look useless.
#pragma once

#include <optional>

#include "engines/recurrence/counts.h"

namespace minhu::recurrence {

// The first period in which something came, where the silence before it cannot be chance: the same
// season a year later, still before `until`, brought so much that one in a hundred would be silent.
// Nothing: it was always there, or nobody can tell. `dispersion`: of the counts.
std::optional<std::int64_t> beginning_of(const Table& table, std::int64_t until, Period period,
                                         double dispersion);

}  // namespace minhu::recurrence
