// Real requests of a city, some of them hidden by lot: does the estimate see where people were made
// to speak less?
#pragma once

#include <cstdint>
#include <string>

namespace minhu::visits_bench {

// Prints its figures. 1 where the file cannot be read.
int boston(const std::string& file, std::uint64_t seed);

}  // namespace minhu::visits_bench
