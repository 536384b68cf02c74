// How alike two matters are in thousandths, as groups.cc counts it. Inner header.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>

namespace minhu::text {

// Odds of one to fifty and less are nothing, of fifty to one and more are certain; between them the
// logarithm counts.
inline std::uint16_t thousandths(float odds) {
  constexpr float certain = 4;
  const float share = (odds + certain) / (2 * certain);
  return static_cast<std::uint16_t>(std::lround(1000 * std::clamp(share, 0.0F, 1.0F)));
}

}  // namespace minhu::text
