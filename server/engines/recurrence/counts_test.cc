#include "engines/recurrence/counts.h"

#include <gtest/gtest.h>

#include <limits>

namespace minhu::recurrence {
namespace {

Date day(const char* text) {
  return *parse_date(text);
}

std::string refused(std::vector<Count> counts) {
  const auto outcome = check(counts, Period::month, "counts");
  return outcome ? "" : outcome.error().key;
}

TEST(RecurrencePeriods, TheSameMonthOfLastYearIsTwelveBack) {
  const auto may = period_of(day("2026-05-17"), Period::month);
  EXPECT_EQ(period_of(day("2025-05-01"), Period::month), may - a_year(Period::month));
  EXPECT_EQ(first_day(may, Period::month), day("2026-05-01"));
  EXPECT_EQ(first_day(may + 8, Period::month), day("2027-01-01"));
}

TEST(RecurrencePeriods, AWeekBeginsOnMondayAlsoBefore1970) {
  const auto week = period_of(day("2026-11-25"), Period::week);  // a Wednesday
  EXPECT_EQ(first_day(week, Period::week), day("2026-11-23"));
  EXPECT_EQ(period_of(day("2026-11-22"), Period::week), week - 1);
  EXPECT_EQ(first_day(period_of(day("1969-12-30"), Period::week), Period::week), day("1969-12-29"));
  for (std::int64_t number = -800; number < 800; ++number) {
    EXPECT_EQ(period_of(first_day(number, Period::month), Period::month), number);
    EXPECT_EQ(period_of(first_day(number, Period::week), Period::week), number);
  }
}

TEST(RecurrenceCounts, NonsenseIsRefusedByName) {
  const auto may = period_of(day("2026-05-17"), Period::month);
  EXPECT_EQ(refused({{"a", may, 3, 1.0, {}}, {"b", may, 0, 0.0, {}}}), "");
  EXPECT_EQ(refused({{"a", may, -1, 1.0, {}}}), "recurrence.bad_count");
  EXPECT_EQ(refused({{"a", may, 2'000'000'000, 1.0, {}}}), "recurrence.bad_count");
  EXPECT_EQ(refused({{"a", may, 3, -1.0, {}}}), "recurrence.bad_exposure");
  EXPECT_EQ(refused({{"a", may, 3, 0.0, {}}}), "recurrence.bad_exposure");
  EXPECT_EQ(refused({{"a", may, 3, 1e300, {}}}), "recurrence.bad_exposure");
  const double nothing = std::numeric_limits<double>::quiet_NaN();
  EXPECT_EQ(refused({{"a", may, 3, nothing, {}}}), "recurrence.bad_exposure");
  EXPECT_EQ(refused({{"a", may, 3, 1.0, 2}}), "recurrence.bad_squares");
  EXPECT_EQ(refused({{"a", may, 3, 1.0, 10}}), "recurrence.bad_squares");
  EXPECT_EQ(refused({{"a", may, 3, 1.0, {}}, {"a", may, 3, 1.0, {}}}), "recurrence.counted_twice");
  EXPECT_EQ(refused({{"a", std::numeric_limits<std::int64_t>::max(), 3, 1.0, {}}}),
            "recurrence.bad_period");
  EXPECT_EQ(refused({{"a", std::numeric_limits<std::int64_t>::min(), 3, 1.0, {}}}),
            "recurrence.bad_period");
}

TEST(RecurrenceCounts, WhatIsNotThereIsFilledWithZerosOnce) {
  const auto may = period_of(day("2026-05-17"), Period::month);
  const auto filled = with_zeros({{"a", may, 3, 2.0, 5}}, {"a", "b", "a"}, may - 1, may + 1);
  ASSERT_EQ(filled.size(), 4U);
  EXPECT_EQ(filled.front().cases, 3);
  EXPECT_EQ(filled.front().exposure, 2.0);
  EXPECT_TRUE(check(filled, Period::month, "counts"));
  for (const Count& count : filled) EXPECT_TRUE(count.squares.has_value());
}

TEST(RecurrenceCounts, NumbersAreSpokenAsPeopleSayThem) {
  EXPECT_EQ(spoken(11.4), "11");
  EXPECT_EQ(spoken(3.44), "3.4");
  EXPECT_EQ(spoken(3.0), "3");
  EXPECT_EQ(spoken(0.056), "0.06");
  EXPECT_EQ(spoken(0), "0");
  EXPECT_EQ(spoken(9.97), "10");
}

}  // namespace
}  // namespace minhu::recurrence
