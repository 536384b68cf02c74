// The machine's own clock and randomness, and the ones that repeat themselves for tests and the
// demo county.
#pragma once

#include <atomic>
#include <cstdint>
#include <mutex>

#include "kernel/crypto.h"
#include "ports/clock.h"
#include "ports/entropy.h"

namespace minhu::system {

class SystemClock final : public Clock {
 public:
  Instant now() const override;
};

// Stands still until it is moved. Thread-safe.
class ManualClock final : public Clock {
 public:
  explicit ManualClock(Instant start) : now_(start.unix_ms) {}
  Instant now() const override { return {now_.load()}; }
  void set(Instant instant) { now_ = instant.unix_ms; }

 private:
  std::atomic<std::int64_t> now_;
};

class SystemEntropy final : public Entropy {
 public:
  void fill(std::span<std::uint8_t> out) override;  // getrandom through libsodium
};

// The same bytes for the same seed (ChaCha20). Never for anything that must stay secret.
class SeededEntropy final : public Entropy {
 public:
  explicit SeededEntropy(std::uint64_t seed);
  void fill(std::span<std::uint8_t> out) override;

 private:
  std::mutex mutex_;
  Key key_{};
  std::uint64_t block_ = 0;
};

}  // namespace minhu::system
