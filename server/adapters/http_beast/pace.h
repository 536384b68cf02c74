// The slowest pace at which bytes may come or go before the peer is given up.
#pragma once

#include <algorithm>
#include <chrono>
#include <cstdint>

#include "adapters/http_beast/limits.h"

namespace minhu::http_beast {

using Time = std::chrono::steady_clock::time_point;

class Pace {
 public:
  Pace(const Limits& limits, Time start) : limits_(limits), start_(start) {}

  // When the next byte must have moved, `done` bytes having moved until now. What came fast at
  // first buys no long pause later, and the whole never takes longer than Limits::request_time.
  Time deadline(std::uint64_t done, Time now) const {
    const std::chrono::milliseconds earned(done * 1000 / limits_.slowest_rate);
    return std::min(
        {start_ + limits_.grace + earned, now + limits_.grace, start_ + limits_.request_time});
  }

 private:
  const Limits& limits_;
  Time start_;
};

}  // namespace minhu::http_beast
