#include "features/insight/figures.h"

#include <gtest/gtest.h>

#include "features/insight/period.h"

namespace minhu::insight {
namespace {

using namespace std::chrono_literals;

Counts counts_of(std::initializer_list<std::pair<Counted, std::int64_t>> all) {
  Counts counts;
  for (const auto& [counted, value] : all) add(counts, counted, value);
  return counts;
}
Counted standing(Standing where) {
  return {Measure::outcome, static_cast<std::uint16_t>(where)};
}

TEST(FigureTable, EveryShareOfNothingHasNothingBelowTheLine) {
  for (const Figure& figure : figures()) EXPECT_EQ(figure.share({}), Share{}) << figure.name;
}

TEST(FigureTable, WhatIsSetAsideStaysBelowTheLineAndIsListed) {
  const Counts counts = counts_of({{standing(Standing::solved), 6},
                                   {standing(Standing::legal_road), 2},
                                   {standing(Standing::parked), 1},
                                   {standing(Standing::own_registered), 50}});
  EXPECT_EQ(figure_named("solved_in_time")->share(counts), (Share{6, 9}));
  EXPECT_EQ(whole(counts).set_aside(), 3);
}

TEST(FigureTable, PartlyIsNotSolved) {
  const Counts counts =
      counts_of({{standing(Standing::solved), 6}, {standing(Standing::partly), 4}});
  EXPECT_EQ(figure_named("solved_in_time")->share(counts), (Share{6, 10}));
  EXPECT_EQ(whole(counts).in_time(), 10);
}

TEST(FigureTable, TheMedianStandsBehindNoUndoneMatter) {
  // Seven of ten were solved, on days 1 to 7; three never.
  Counts counts = counts_of({{standing(Standing::solved), 7}, {standing(Standing::late), 3}});
  for (std::uint16_t day = 1; day <= 7; ++day) add(counts, {Measure::days_to_solved, day}, 1);
  const Days taken = days(counts, Measure::days_to_solved);
  EXPECT_EQ(taken.median, 5);
  EXPECT_EQ(taken.p90, std::nullopt);
  EXPECT_EQ(taken.sum, 28);
  EXPECT_EQ(taken.counted, 7);
  EXPECT_EQ(taken.of, 10);
}

TEST(FigureTable, WhatIsNotDueYetIsNotCountedAndWhatWasDueYesterdayIs) {
  Cells cells;
  const Key key{piece_of(2026y / 5 / 10), "u", cases::Track::hotline};
  add(cells, key, {Measure::open, 9}, 1);
  add(cells, key, {Measure::open, 10}, 1);
  add(cells, key, {Measure::open, 11}, 1);
  leave_out_what_is_not_due(cells, 2026y / 5 / 10);
  EXPECT_EQ(total(cells.at(key), Measure::open), 1);
}

TEST(Periods, ABusinessMonthRunsFromTheTwentyFirstToTheTwentieth) {
  const Period may = period_named("2026-05", Scheme::business).value();
  EXPECT_EQ(format_date(may.from()), "2026-04-21");
  EXPECT_EQ(format_date(may.to()), "2026-05-20");
  const Period year = period_named("2026", Scheme::business).value();
  EXPECT_EQ(format_date(year.from()), "2025-12-21");
  EXPECT_EQ(format_date(year.to()), "2026-12-20");
  EXPECT_EQ(month_of(2025y / 12 / 25, Scheme::business).name, "2026-01");
}

TEST(Periods, CalendarPeriodsAreMadeOfWholeMonths) {
  const Period quarter = period_named("2026-Q1", Scheme::calendar).value();
  EXPECT_EQ(format_date(quarter.from()), "2026-01-01");
  EXPECT_EQ(format_date(quarter.to()), "2026-03-31");
  const auto months = months_of(period_named("2026", Scheme::calendar).value());
  ASSERT_EQ(months.size(), 12U);
  EXPECT_EQ(months.back().name, "2026-12");
  EXPECT_EQ(months.back().to(), Date(2026y / 12 / 31));
}

TEST(Periods, WhatIsNoPeriodIsAFault) {
  for (const char* text :
       {"", "20", "2026-", "2026-13", "2026-00", "2026-Q5", "2026-5", "1234567"}) {
    EXPECT_FALSE(period_named(text, Scheme::calendar)) << text;
  }
}

}  // namespace
}  // namespace minhu::insight
