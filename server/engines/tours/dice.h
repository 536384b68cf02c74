// Random numbers of the search: the same from the same seed on every machine.
#pragma once

#include <cstdint>

namespace minhu::tours {

// xoshiro256+ (Blackman, Vigna 2018), seeded by splitmix64.
class Dice {
 public:
  explicit Dice(std::uint64_t seed) {
    for (std::uint64_t& word : state_) {
      seed += 0x9E3779B97F4A7C15U;
      std::uint64_t mixed = seed;
      mixed = (mixed ^ (mixed >> 30U)) * 0xBF58476D1CE4E5B9U;
      mixed = (mixed ^ (mixed >> 27U)) * 0x94D049BB133111EBU;
      word = mixed ^ (mixed >> 31U);
    }
  }

  std::uint64_t next() {
    const std::uint64_t result = state_[0] + state_[3];
    const std::uint64_t shifted = state_[1] << 17U;
    state_[2] ^= state_[0];
    state_[3] ^= state_[1];
    state_[1] ^= state_[2];
    state_[0] ^= state_[3];
    state_[2] ^= shifted;
    state_[3] = (state_[3] << 45U) | (state_[3] >> 19U);
    return result;
  }
  // 0 … below-1.
  int below(int below) {
    return static_cast<int>(((next() >> 32U) * static_cast<std::uint64_t>(below)) >> 32U);
  }
  // 0 ≤ x < 1, in steps of 2^-32.
  double unit() { return static_cast<double>(next() >> 32U) * 0x1p-32; }
  bool one_in(int n) { return below(n) == 0; }

 private:
  std::uint64_t state_[4];
};

}  // namespace minhu::tours
