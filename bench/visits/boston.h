// Real requests of a city, some of them hidden by lot: does the estimate see where people were made
// to speak less?
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace minhu::visits_bench {

// Prints the mean, least and greatest of its figures over this many hidings. `half`: of "tuning" or
// of "judging" places alone, or of all, with words "drawn" as the model takes them. 1 where the
// file cannot be read.
int boston(const std::string& file, std::uint64_t first, std::uint64_t seeds,
           std::string_view half);

}  // namespace minhu::visits_bench
