// Randomness and identities. The system's source is getrandom; a seeded one makes the demo county
// and simulations repeat.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

#include "kernel/ids.h"

namespace minhu {

class Entropy {
 public:
  virtual ~Entropy() = default;
  virtual void fill(
      std::span<std::uint8_t> out) = 0;  // thread-safe; cannot fail (the process aborts)

  template <std::size_t N>
  std::array<std::uint8_t, N> bytes() {
    std::array<std::uint8_t, N> out{};
    fill(out);
    return out;
  }
  template <class SomeId>
  SomeId id(Instant now) {
    return SomeId(make_uuid_v7(now, bytes<10>()));
  }
};

}  // namespace minhu
