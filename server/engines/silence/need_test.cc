#include "engines/silence/need.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace minhu::silence {
namespace {

Date day(const char* text) {
  return *parse_date(text);
}
const Date today = day("2026-11-25");

TEST(SilenceNeed, TheLogarithmIsThatOfTheBooksToSomeMillionths) {
  for (std::int64_t number = 1; number < 200'000; number += number < 3000 ? 1 : 977) {
    const double exact = std::log(static_cast<double>(number)) * 1e6;
    EXPECT_NEAR(static_cast<double>(millionths_of_log(number)), exact, 5) << number;
    EXPECT_LE(millionths_of_log(number), millionths_of_log(number + 1));
  }
  EXPECT_EQ(millionths_of_log(1), 0);
  EXPECT_GT(millionths_of_log(std::numeric_limits<std::int64_t>::max()), 43'600'000);
}

TEST(SilenceNeed, OneOpenMatterOfOrdinaryWeightIsOne) {
  EXPECT_EQ(need_of({}, today), one_matter);
}

TEST(SilenceNeed, WhatManySayCountsMoreButNotManyTimes) {
  Known known;
  known.others = 1;
  EXPECT_NEAR(static_cast<double>(need_of(known, today)), 1.693e6, 1e3);
  known.others = 99;
  EXPECT_NEAR(static_cast<double>(need_of(known, today)), 5.605e6, 1e3);
}

TEST(SilenceNeed, LatenessCountsUpToTwiceTheLimit) {
  Known known;
  known.due = day("2026-11-10");
  known.limit_days = 30;
  EXPECT_EQ(need_of(known, today), 1'500'000);
  EXPECT_EQ(need_of(known, day("2026-11-10")), one_matter);
  EXPECT_EQ(need_of(known, day("2027-11-10")), 3 * one_matter);
}

TEST(SilenceNeed, WhatOnlyAnOfficeCallsSolvedCountsHalfForAMonth) {
  Known known = stand({}, Standing::closed, today);
  EXPECT_EQ(need_of(known, today), one_matter / 2);
  EXPECT_EQ(need_of(known, today + std::chrono::days{29}), one_matter / 2);
  EXPECT_EQ(need_of(known, today + std::chrono::days{30}), 0);
  EXPECT_EQ(need_of(stand(known, Standing::open), today), one_matter);
  EXPECT_EQ(need_of(stand(known, Standing::confirmed), today), 0);
}

TEST(SilenceNeed, MergingKeepsTheSumUntilSomebodyCame) {
  Known one;
  one.others = 2;
  Known other;
  other.severity = 3000;
  const Points before = need_of(one, today) + need_of(other, today);
  const Known whole = merge(one, other, 3);
  EXPECT_GE(need_with_merged(whole, today), before);
  EXPECT_EQ(need_with_merged(after_visit(whole), today), need_of(whole, today));
  EXPECT_EQ(need_with_merged(stand(whole, Standing::confirmed), today), 0);
}

TEST(SilenceNeed, WhatAMergedMatterGathersIsNotLostWhenItIsMergedAgain) {
  Known whole = merge({}, {}, 1);
  whole.others = 40;
  const Points before = need_with_merged(whole, today) + need_of({}, today);
  EXPECT_GE(need_with_merged(merge({}, whole, 41), today), before);
}

TEST(SilenceNeed, NumbersBeyondAllReasonDoNotRunOver) {
  Known known;
  known.severity = std::numeric_limits<std::int64_t>::max();
  known.others = std::numeric_limits<std::int64_t>::max();
  known.due = day("1970-01-01");
  known.limit_days = std::numeric_limits<std::int64_t>::min();
  EXPECT_GT(need_of(known, today), 0);
  known.severity = -5;
  known.others = -5;
  EXPECT_GE(need_of(known, today), 0);
}

}  // namespace
}  // namespace minhu::silence
