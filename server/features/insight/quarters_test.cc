// One quarter as everybody sees it, and each way in which several answers once told together what
// each of them hid.
#include "features/insight/quarters.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace minhu::insight {
namespace {

using namespace std::chrono_literals;

class Quarters : public testing::Test {
 protected:
  // So many of an office that fell due in one month of the quarter (0, 1, 2), in one standing.
  void fell_due(std::size_t office, int month, Standing standing, std::int64_t count) {
    add_of(office, month, {Measure::outcome, static_cast<std::uint16_t>(standing)}, count);
  }
  void add_of(std::size_t office, int month, Counted counted, std::int64_t count) {
    const Piece piece = period_.first + Piece{month} * 2;
    add(cells_, {piece, about_unit(offices_[office].unit), cases::Track::hotline}, counted, count);
  }
  // Shares lie within one another: solved in time, later at the first answer, and after coming
  // back.
  void solved(std::int64_t in_time, std::int64_t late, std::int64_t again) {
    add_of(0, 0, {Measure::solved, 0}, in_time + late + again);
    add_of(0, 0, {Measure::solved_first, 0}, in_time + late);
  }
  Quarter published() const { return published_quarter(cells_, period_, offices_); }
  static Hideable share(const Quarter& quarter, std::string_view name) {
    for (const ShownShare& one : quarter.shares) {
      if (one.figure->name == name) return one.above;
    }
    ADD_FAILURE() << "no share " << name;
    return {};
  }

  Period period_ = period_named("2025-Q2", Scheme::calendar).value();
  std::vector<Office> offices_{{office(1), "甲局"}, {office(2), "乙局"}, {office(3), "丙局"}};
  Cells cells_;

 private:
  static UnitId office(std::uint8_t number) {
    return *UnitId::parse("00000000-0000-7000-8000-00000000000" + std::to_string(number));
  }
};

TEST_F(Quarters, ShowEverythingWhereNothingIsSmall) {
  for (int month = 0; month < 3; ++month) {
    fell_due(0, month, Standing::solved, 20);
    fell_due(1, month, Standing::late, 10);
    add_of(0, month, {Measure::received, 0}, 30);
  }
  const Quarter quarter = published();
  EXPECT_EQ(quarter.county.due, 90);
  EXPECT_EQ(quarter.county.received, 90);
  ASSERT_EQ(quarter.months.size(), 3U);
  EXPECT_EQ(quarter.months[2].name, "2025-06");
  EXPECT_EQ(quarter.months[2].parts[0].count, 20);
  ASSERT_EQ(quarter.offices.size(), 2U);
  EXPECT_EQ(quarter.offices[0].name, "乙局") << "in the order of names";
  EXPECT_EQ(quarter.offices[0].parts[2].count, 30);
  EXPECT_EQ(share(quarter, "solved_in_time"), 60);
}

TEST_F(Quarters, TakeNothingFromOtherQuarters) {
  fell_due(0, -1, Standing::solved, 20);
  fell_due(0, 3, Standing::solved, 20);
  EXPECT_TRUE(published().is_empty());
  fell_due(0, 1, Standing::solved, 20);
  EXPECT_EQ(published().county.due, 20);
}

// Leak 1: a whole less the other months.
TEST_F(Quarters, TheQuarterLessTwoMonthsIsNotTheThird) {
  fell_due(0, 0, Standing::solved, 40);
  fell_due(0, 1, Standing::solved, 30);
  fell_due(0, 2, Standing::solved, 3);
  const Quarter quarter = published();
  EXPECT_EQ(quarter.months[2].due, std::nullopt);
  EXPECT_EQ(quarter.months[1].due, std::nullopt) << "the fewest that hide it";
  EXPECT_EQ(quarter.months[0].due, 40);
  EXPECT_EQ(quarter.county.due, 73);
}

// Leak 2: the sum of the offices against the county.
TEST_F(Quarters, TheOfficesDoNotAddUpToWhatTheCountyHides) {
  fell_due(0, 0, Standing::solved, 40);
  fell_due(1, 0, Standing::solved, 30);
  fell_due(0, 0, Standing::late, 2);
  fell_due(1, 0, Standing::late, 20);
  fell_due(2, 0, Standing::partly, 3);
  fell_due(2, 0, Standing::solved, 50);
  const Quarter quarter = published();
  std::int64_t shown = 0;
  std::int64_t hidden = 0;
  for (const OfficeOfQuarter& office : quarter.offices) {
    const Hideable& unconfirmed = office.parts[1].count;
    shown += unconfirmed.value_or(0);
    hidden += unconfirmed ? 0 : 1;
  }
  EXPECT_EQ(quarter.county.parts[1].count, std::nullopt) << "3 in the whole county";
  EXPECT_EQ(hidden, 1);
  EXPECT_EQ(shown, 0);
  // And so the office's own parts hide another, and the county's too.
  const auto hidden_parts = [](const QuarterLine& line) {
    return std::count_if(line.parts.begin(), line.parts.end(),
                         [](const Part& part) { return !part.count; });
  };
  EXPECT_GE(hidden_parts(quarter.county) + (quarter.county.due ? 0 : 1), 2);
  for (const OfficeOfQuarter& office : quarter.offices) {
    EXPECT_NE(hidden_parts(office) + (office.due ? 0 : 1), 1) << office.name;
  }
}

// Leak 4: shares that lie within one another.
TEST_F(Quarters, NoDifferenceOfSharesIsSmall) {
  fell_due(0, 0, Standing::solved, 30);
  fell_due(0, 0, Standing::late, 20);
  fell_due(0, 0, Standing::not_solved, 20);
  solved(30, 2, 8);
  const Quarter quarter = published();
  EXPECT_EQ(share(quarter, "solved_in_time"), 30);
  EXPECT_EQ(share(quarter, "solved_first"), std::nullopt) << "32 less 30 are two";
  EXPECT_EQ(share(quarter, "solved"), 40);
}

TEST_F(Quarters, SharesThatAreFarEnoughApartAreAllShown) {
  fell_due(0, 0, Standing::solved, 30);
  fell_due(0, 0, Standing::late, 20);
  fell_due(0, 0, Standing::not_solved, 20);
  solved(30, 6, 8);
  const Quarter quarter = published();
  EXPECT_EQ(share(quarter, "solved_first"), 36);
  EXPECT_EQ(share(quarter, "solved"), 44);
}

TEST_F(Quarters, ADifferenceToTheWholeIsNotSmallEither) {
  fell_due(0, 0, Standing::solved, 30);
  fell_due(0, 0, Standing::late, 20);
  solved(30, 18, 0);
  const Quarter quarter = published();
  EXPECT_EQ(share(quarter, "solved"), std::nullopt) << "50 less 48 are two who were not helped";
  EXPECT_EQ(share(quarter, "solved_first"), std::nullopt);
}

TEST_F(Quarters, NoShareSaysHowManyOfTheHiddenThereAreAtLeast) {
  fell_due(0, 0, Standing::solved, 30);
  fell_due(0, 0, Standing::not_solved, 4);
  fell_due(0, 0, Standing::partly, 3);
  fell_due(0, 0, Standing::late, 4);
  fell_due(0, 0, Standing::withdrawn, 40);
  solved(30, 4, 4);
  const Quarter quarter = published();
  ASSERT_EQ(quarter.county.parts[2].count, std::nullopt);
  EXPECT_EQ(share(quarter, "solved"), std::nullopt)
      << "38 would say that those late and those come back are eight at least";
}

TEST_F(Quarters, AZeroIsShownAmongTheSharesToo) {
  fell_due(0, 0, Standing::late, 3);
  const Quarter quarter = published();
  ASSERT_EQ(quarter.county.due, std::nullopt);
  for (const char* name : {"solved_in_time", "solved_first", "solved", "satisfied"}) {
    EXPECT_EQ(share(quarter, name), 0) << name;
  }
}

TEST_F(Quarters, AMedianNeedsHalfOfThemSolvedInTimeAndShown) {
  fell_due(0, 0, Standing::solved, 30);
  fell_due(0, 0, Standing::withdrawn, 20);
  fell_due(1, 0, Standing::solved, 10);
  fell_due(1, 0, Standing::late, 20);
  fell_due(2, 0, Standing::solved, 10);
  fell_due(2, 0, Standing::late, 2);
  for (std::size_t office = 0; office < 3; ++office) {
    add_of(office, 0, {Measure::days_to_solved, 7}, 30);
  }
  const Quarter quarter = published();
  ASSERT_EQ(quarter.offices.size(), 3U);
  for (const OfficeOfQuarter& office : quarter.offices) {
    EXPECT_EQ(office.median_days, office.name == "甲局" ? Hideable(7) : std::nullopt)
        << office.name;
  }
}

TEST_F(Quarters, WhatHasNoNameAnyMoreIsOneLineAndAddsUp) {
  fell_due(0, 0, Standing::solved, 30);
  fell_due(2, 0, Standing::solved, 20);
  offices_.pop_back();
  const Quarter quarter = published();
  ASSERT_EQ(quarter.offices.size(), 2U);
  EXPECT_EQ(quarter.offices.back().name, "");
  EXPECT_EQ(quarter.offices.back().due, 20);
  EXPECT_EQ(quarter.county.due, 50);
}

TEST_F(Quarters, TheSameNumbersAreAlwaysHiddenTheSame) {
  for (int month = 0; month < 3; ++month) {
    for (std::size_t office = 0; office < 3; ++office) {
      fell_due(office, month, Standing::late, 7);
      fell_due(office, month, Standing::solved, 7);
    }
  }
  fell_due(1, 1, Standing::withdrawn, 1);
  const Quarter first = published();
  const Quarter second = published();
  for (std::size_t i = 0; i < first.offices.size(); ++i) {
    for (std::size_t part = 0; part < 5; ++part) {
      EXPECT_EQ(first.offices[i].parts[part].count, second.offices[i].parts[part].count);
    }
  }
}

TEST(QuarterPeriods, AQuarterIsNamedAndBoundedByItsDay) {
  const Period third = quarter_of(2025y / 9 / 30, Scheme::calendar);
  EXPECT_EQ(third.name, "2025-Q3");
  EXPECT_EQ(format_date(third.from()), "2025-07-01");
  EXPECT_EQ(format_date(third.to()), "2025-09-30");
  EXPECT_EQ(quarter_of(2026y / 1 / 1, Scheme::calendar).name, "2026-Q1");
}

}  // namespace
}  // namespace minhu::insight
