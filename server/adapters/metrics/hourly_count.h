// A counter that moves at full hours only: how much a path is used may be known, when it was used
// may not.
#pragma once

#include <cstdint>
#include <mutex>

#include "kernel/civil_time.h"

namespace minhu::metrics {

// Thread-safe, cheap.
class HourlyCount {
 public:
  void add(Instant now);
  // What had been counted when the hour of `now` began.
  std::uint64_t shown(Instant now);

 private:
  void turn(Instant now);

  std::mutex mutex_;
  std::int64_t hour_ = 0;
  std::uint64_t before_this_hour_ = 0;
  std::uint64_t in_this_hour_ = 0;
};

}  // namespace minhu::metrics
