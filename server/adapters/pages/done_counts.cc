#include "adapters/pages/done_counts.h"

namespace minhu::pages {

namespace {

constexpr int months_shown = 12;

auto counting(const cases::Installation& installation, Instant now) {
  return [&installation, now] {
    return std::make_shared<const std::vector<cases::MonthCounts>>(
        installation.database.read([&](Reading& reading) {
          return cases::counts_by_month(reading, installation.county, now, months_shown);
        }));
  };
}

}  // namespace

std::shared_ptr<const std::vector<cases::MonthCounts>> DoneCounts::of(
    const cases::Installation& installation) {
  const Instant now = installation.clock.now();
  return kept_.of(now, counting(installation, now));
}

void DoneCounts::renew(const cases::Installation& installation) {
  const Instant now = installation.clock.now();
  kept_.renew(now, counting(installation, now));
}

}  // namespace minhu::pages
