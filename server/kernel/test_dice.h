// For tests that draw: the same numbers from the same seed on every platform. The seed is printed,
// and MINHU_SEED=… repeats a run.
#pragma once

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <iterator>
#include <random>

namespace minhu {

inline std::uint64_t seed_of_this_run() {
  const char* wanted = std::getenv("MINHU_SEED");
  const std::uint64_t seed =
      wanted != nullptr ? std::strtoull(wanted, nullptr, 10) : std::random_device()();
  std::printf("MINHU_SEED=%llu\n", static_cast<unsigned long long>(seed));
  return seed;
}

// splitmix64.
class Dice {
 public:
  explicit Dice(std::uint64_t seed) : state_(seed) {}

  std::uint64_t next() {
    state_ += 0x9E3779B97F4A7C15U;
    std::uint64_t mixed = state_;
    mixed = (mixed ^ (mixed >> 30U)) * 0xBF58476D1CE4E5B9U;
    mixed = (mixed ^ (mixed >> 27U)) * 0x94D049BB133111EBU;
    return mixed ^ (mixed >> 31U);
  }
  // From `least` to `most`, both included.
  std::int64_t between(std::int64_t least, std::int64_t most) {
    return least + static_cast<std::int64_t>(next() % static_cast<std::uint64_t>(most - least + 1));
  }
  bool coin() { return (next() & 1U) != 0; }
  template <class List>
  const auto& one_of(const List& list) {
    return list[static_cast<std::size_t>(next() % std::size(list))];
  }

 private:
  std::uint64_t state_;
};

}  // namespace minhu
