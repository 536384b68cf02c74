#include "adapters/metrics/hourly_count.h"

#include <gtest/gtest.h>

namespace minhu::metrics {
namespace {

constexpr Instant at(int hour, int minute) {
  return {(std::int64_t{hour} * 60 + minute) * 60'000};
}

TEST(HourlyCount, MovesAtFullHoursAlone) {
  HourlyCount count;
  count.add(at(9, 5));
  EXPECT_EQ(count.shown(at(9, 5)), 0U);
  count.add(at(9, 59));
  EXPECT_EQ(count.shown(at(9, 59)), 0U);
  EXPECT_EQ(count.shown(at(10, 0)), 2U);
  count.add(at(10, 1));
  EXPECT_EQ(count.shown(at(10, 30)), 2U);
  EXPECT_EQ(count.shown(at(14, 0)), 3U);
}

}  // namespace
}  // namespace minhu::metrics
