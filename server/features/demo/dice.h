// Chance that repeats: the same seed gives the same story on every machine. The distributions of
// the standard library differ between libraries, so the few that the demo needs are written here.
#pragma once

#include <cmath>
#include <cstdint>
#include <numbers>
#include <string_view>
#include <vector>

#include "kernel/assert.h"

namespace minhu::demo {

// A number of its own for every name: what a village or an office is like does not depend on the
// seed of a run.
constexpr std::uint64_t number_of(std::string_view text) {
  std::uint64_t hash = 0xcbf29ce484222325U;  // FNV-1a
  for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3U;
  return hash;
}

class Dice {
 public:
  explicit Dice(std::uint64_t seed) : state_(seed) {}

  std::uint64_t next() {  // SplitMix64
    std::uint64_t z = (state_ += 0x9e3779b97f4a7c15U);
    z = (z ^ (z >> 30U)) * 0xbf58476d1ce4e5b9U;
    z = (z ^ (z >> 27U)) * 0x94d049bb133111ebU;
    return z ^ (z >> 31U);
  }
  // In [0, 1).
  double unit() { return static_cast<double>(next() >> 11U) * 0x1.0p-53; }
  double between(double low, double high) { return low + (high - low) * unit(); }
  // Both ends included.
  std::int64_t whole(std::int64_t low, std::int64_t high) {
    return low + static_cast<std::int64_t>(unit() * static_cast<double>(high - low + 1));
  }
  bool chance(double probability) { return unit() < probability; }
  double exponential(double mean) { return -mean * std::log(1.0 - unit()); }
  // Log-normal: half of the values lie below `median`.
  double around(double median, double spread) {
    const double length = std::sqrt(-2.0 * std::log(1.0 - unit()));
    const double normal = length * std::cos(2.0 * std::numbers::pi * unit());
    return median * std::exp(spread * normal);
  }

  template <class T>
  const T& pick(const std::vector<T>& all) {
    MINHU_ASSERT(!all.empty());
    return all[next() % all.size()];
  }
  // The place of one, drawn by `weight_of(element)`; something must weigh.
  template <class T, class F>
  std::size_t pick_weighted(const std::vector<T>& all, F&& weight_of) {
    double total = 0;
    for (const T& one : all) total += weight_of(one);
    MINHU_ASSERT(total > 0);
    double left = unit() * total;
    for (std::size_t i = 0; i + 1 < all.size(); ++i) {
      left -= weight_of(all[i]);
      if (left < 0) return i;
    }
    return all.size() - 1;
  }

 private:
  std::uint64_t state_;
};

}  // namespace minhu::demo
