// Leaves a way alone that does not answer. Each try of one costs the only thread that sends up to
// 30 s, and everything else that thread does waits: so a way that failed is asked again after ten
// seconds, then after half a minute, one, two, five minutes, until something goes through.
#pragma once

#include <map>
#include <mutex>
#include <vector>

#include "ports/clock.h"
#include "ports/outbound.h"

namespace minhu::outbound {

// Thread-safe. Ways rest each for itself.
class Resting final : public Outbound {
 public:
  // Both outlive it.
  Resting(Outbound& ways, const Clock& clock) : ways_(ways), clock_(clock) {}

  // Fault unavailable way_left_alone, at once, while the way rests; else what the way says.
  Outcome send(const OutboundMessage& message) override;

  // Ways that did not answer when they were asked last.
  std::vector<OutboundWay> down() const;

 private:
  struct Rest {
    Instant next_try;
    std::size_t failures = 0;
  };

  Outbound& ways_;
  const Clock& clock_;
  mutable std::mutex mutex_;
  std::map<OutboundWay, Rest> resting_;
};

}  // namespace minhu::outbound
