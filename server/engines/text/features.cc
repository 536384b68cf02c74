#include "engines/text/features.h"

#include <algorithm>

namespace minhu::text {

std::vector<CountedFeature> count_features(const Read& page) {
  std::vector<std::uint64_t> all;
  all.reserve(page.normal.size());
  each_feature(page, [&](std::uint64_t feature, std::size_t) { all.push_back(feature); });
  std::sort(all.begin(), all.end());
  std::vector<CountedFeature> counted;
  for (const std::uint64_t feature : all) {
    if (counted.empty() || counted.back().feature != feature) counted.push_back({feature, 0});
    ++counted.back().count;
  }
  return counted;
}

}  // namespace minhu::text
