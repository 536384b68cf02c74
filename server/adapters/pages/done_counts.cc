#include "adapters/pages/done_counts.h"

namespace minhu::pages {

namespace {

constexpr int months_shown = 12;
constexpr std::int64_t kept_for_ms = 5 * 60'000;

}  // namespace

std::vector<cases::MonthCounts> DoneCounts::of(const cases::Installation& installation) {
  const Instant now = installation.clock.now();
  const std::lock_guard lock(mutex_);
  const auto age = now.unix_ms - counted_at_.unix_ms;
  if (counts_.empty() || age < 0 || age >= kept_for_ms) {
    counts_ = installation.database.read([&](Reading& reading) {
      return cases::counts_by_month(reading, installation.county, now, months_shown);
    });
    counted_at_ = now;
  }
  return counts_;
}

}  // namespace minhu::pages
