#include "adapters/outbound/resting.h"

#include <algorithm>
#include <array>

namespace minhu::outbound {

namespace {

constexpr std::array<std::int64_t, 5> pauses_ms{10'000, 30'000, 60'000, 120'000, 300'000};

}  // namespace

Outcome Resting::send(const OutboundMessage& message) {
  {
    const std::lock_guard lock(mutex_);
    const auto rest = resting_.find(message.way);
    if (rest != resting_.end()) {
      const std::int64_t left = rest->second.next_try.unix_ms - clock_.now().unix_ms;
      // A clock that was set back must not lengthen the pause.
      if (left > 0 && left <= pauses_ms.back()) {
        return fail(FaultCode::unavailable, std::string(way_left_alone));
      }
    }
  }
  Outcome sent = ways_.send(message);
  const std::lock_guard lock(mutex_);
  if (sent) {
    resting_.erase(message.way);
  } else if (sent.error().code == FaultCode::unavailable) {
    Rest& rest = resting_[message.way];
    const std::size_t pause = std::min(rest.failures, pauses_ms.size() - 1);
    rest.next_try = {clock_.now().unix_ms + pauses_ms.at(pause)};
    ++rest.failures;
  }
  return sent;
}

std::vector<OutboundWay> Resting::down() const {
  const std::lock_guard lock(mutex_);
  std::vector<OutboundWay> all;
  for (const auto& [way, rest] : resting_) all.push_back(way);
  return all;
}

}  // namespace minhu::outbound
