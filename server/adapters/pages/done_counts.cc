#include "adapters/pages/done_counts.h"

namespace minhu::pages {

namespace {

constexpr int months_shown = 12;

}  // namespace

std::shared_ptr<const std::vector<cases::MonthCounts>> DoneCounts::of(
    const cases::Installation& installation) {
  const Instant now = installation.clock.now();
  return kept_.of(now, [&] {
    return std::make_shared<const std::vector<cases::MonthCounts>>(
        installation.database.read([&](Reading& reading) {
          return cases::counts_by_month(reading, installation.county, now, months_shown);
        }));
  });
}

}  // namespace minhu::pages
