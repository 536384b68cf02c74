#include "adapters/system/system.h"

#include <sodium.h>

#include <chrono>
#include <cstring>

namespace minhu::system {

Instant SystemClock::now() const {
  return {std::chrono::duration_cast<std::chrono::milliseconds>(
              std::chrono::system_clock::now().time_since_epoch())
              .count()};
}

void SystemEntropy::fill(std::span<std::uint8_t> out) {
  randombytes_buf(out.data(), out.size());
}

SeededEntropy::SeededEntropy(std::uint64_t seed) {
  std::memcpy(key_.data(), &seed, sizeof seed);
}

void SeededEntropy::fill(std::span<std::uint8_t> out) {
  const std::lock_guard lock(mutex_);
  std::array<std::uint8_t, crypto_stream_chacha20_NONCEBYTES> nonce{};
  std::memcpy(nonce.data(), &block_, sizeof block_);
  ++block_;
  crypto_stream_chacha20(out.data(), out.size(), nonce.data(), key_.data());
}

}  // namespace minhu::system
