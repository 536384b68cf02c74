#include "adapters/metrics/hourly_count.h"

namespace minhu::metrics {

namespace {
constexpr std::int64_t hour_ms = 3'600'000;
}

void HourlyCount::turn(Instant now) {
  const std::int64_t hour = now.unix_ms / hour_ms;
  if (hour == hour_) return;
  hour_ = hour;
  before_this_hour_ += in_this_hour_;
  in_this_hour_ = 0;
}

void HourlyCount::add(Instant now) {
  const std::lock_guard lock(mutex_);
  turn(now);
  ++in_this_hour_;
}

std::uint64_t HourlyCount::shown(Instant now) {
  const std::lock_guard lock(mutex_);
  turn(now);
  return before_this_hour_;
}

}  // namespace minhu::metrics
