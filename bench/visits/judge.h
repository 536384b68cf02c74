// How well a ranking of places finds what is hidden.
#pragma once

#include <algorithm>
#include <cstdint>
#include <numeric>
#include <vector>

namespace minhu::visits_bench {

// Of everything hidden, the share that lies in the tenth of places that is valued highest.
inline double share_in_top_tenth(const std::vector<double>& value,
                                 const std::vector<double>& hidden) {
  std::vector<std::size_t> order(value.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return value[a] > value[b]; });
  double found = 0;
  const std::size_t tenth = std::max<std::size_t>(1, (value.size() + 5) / 10);
  for (std::size_t i = 0; i < tenth; ++i) found += hidden[order[i]];
  const double all = std::accumulate(hidden.begin(), hidden.end(), 0.0);
  return all > 0 ? found / all : 0;
}

// Whether a number lies between two others that were meant to hold nine of ten. Numbers are whole,
// so a range holds more than it says; at its edges only the part counts that makes it nine of ten.
// `at_most(n)` is the probability that was given for n or fewer.
template <class F>
double covered(std::int64_t number, double confidence, F&& at_most) {
  const double low = (1 - confidence) / 2;
  const double high = 1 - low;
  const double below = at_most(number - 1);
  const double up_to = at_most(number);
  if (up_to <= below) return 0;
  return std::max(0.0, std::min(up_to, high) - std::max(below, low)) / (up_to - below);
}

}  // namespace minhu::visits_bench
