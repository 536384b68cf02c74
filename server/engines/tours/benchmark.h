// The public instances of the team orienteering problem with time windows (KU Leuven): what we
// measure ourselves by. Solomon's have distances rounded down to one decimal, those of Cordeau et
// al. (pr*) to two.
#pragma once

#include <string_view>

#include "engines/tours/field.h"
#include "kernel/result.h"

namespace minhu::tours {

// Values of the field are profits in units of one `benchmark_value`-th.
inline constexpr std::int64_t benchmark_value = 1000;

// Vertices 1 … n become stops 0 … n-1. `decimals` is 1 or 2. Faults tours.bad_instance (details:
// line, reason), tours.too_many_stops, tours.no_tours.
Result<Field> read_benchmark(std::string_view text, int decimals, int tours);

}  // namespace minhu::tours
