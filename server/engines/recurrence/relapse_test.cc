#include "engines/recurrence/relapse.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "engines/recurrence/test_classes.h"

namespace minhu::recurrence {
namespace {

Effect fallen(std::int64_t before, std::int64_t after, bool summer = false) {
  Question question;
  question.measured_on = *parse_date("2026-01-10");
  question.known_until = *parse_date("2026-11-01");
  for (std::int64_t m = period_of(*parse_date("2024-01-01"), Period::month);
       m < period_of(question.known_until, Period::month); ++m) {
    const bool done = first_day(m, Period::month) > question.measured_on;
    const std::int64_t season = summer && (m % 12 == 5 || m % 12 == 6) ? 4 : 1;
    question.counts.push_back({"village", m, (done ? after : before) * season, 1, {}});
  }
  return *measure(question);
}

std::int64_t month(const char* day) {
  return period_of(*parse_date(day), Period::month);
}

TEST(RecurrenceRelapse, TheRuleKeepsItsPromiseAndFindsAReturnSoon) {
  const Watch rule = *watch(fallen(12, 3), Period::month);
  EXPECT_LE(rule.false_alarms_a_year, 0.05);
  EXPECT_GT(rule.false_alarms_a_year, 0.001);
  EXPECT_GT(rule.bound, rule.expected);
  EXPECT_LT(rule.bound, rule.back);
  EXPECT_GT(rule.when_back.within_a_year, 0.95);
  EXPECT_LT(rule.when_back.mean_months, 4);
  EXPECT_LT(rule.when_back.mean_months, rule.when_half_back.mean_months);
  EXPECT_TRUE(rule.can_see);
  EXPECT_EQ(rule.sentence.key, "recurrence.watch");
}

TEST(RecurrenceRelapse, FewerFalseAlarmsCostTime) {
  AlarmSettings strict;
  strict.false_alarms_a_year = 0.01;
  const Effect effect = fallen(12, 3);
  const Watch usual = *watch(effect, Period::month);
  const Watch rare = *watch(effect, Period::month, strict);
  EXPECT_LE(rare.false_alarms_a_year, 0.01);
  EXPECT_GT(rare.limit, usual.limit);
  EXPECT_GE(rare.when_back.mean_months, usual.when_back.mean_months);
}

TEST(RecurrenceRelapse, AtTheNewLevelNothingIsSaidAndAtTheOldOneItIsBack) {
  const Watch rule = *watch(fallen(12, 3), Period::month);
  std::vector<Now> quiet;
  std::vector<Now> back;
  for (std::int64_t m = month("2026-11-01"); m < month("2027-11-01"); ++m) {
    quiet.push_back({m, 3, 1});
    back.push_back({m, m < month("2027-02-01") ? 3 : 12, 1});
  }
  EXPECT_FALSE(look(rule, quiet)->relapsed_in);
  EXPECT_EQ(look(rule, quiet)->sentence.key, "recurrence.no_relapse");
  const Looked found = *look(rule, back);
  ASSERT_TRUE(found.relapsed_in);
  EXPECT_GE(*found.relapsed_in, month("2027-02-01"));
  EXPECT_LE(*found.relapsed_in, month("2027-04-01"));
  EXPECT_EQ(found.sentence.key, "recurrence.relapsed");
}

TEST(RecurrenceRelapse, ASummerThatComesEveryYearIsNoRelapse) {
  const Watch rule = *watch(fallen(12, 3, true), Period::month);
  std::vector<Now> next_year;
  for (std::int64_t m = month("2026-11-01"); m < month("2027-11-01"); ++m) {
    next_year.push_back({m, m % 12 == 5 || m % 12 == 6 ? 12 : 3, 1});
  }
  EXPECT_FALSE(look(rule, next_year)->relapsed_in);
}

TEST(RecurrenceRelapse, MorePeopleMayBringMoreAndMissingMonthsMoveNothing) {
  const Watch rule = *watch(fallen(12, 3), Period::month);
  std::vector<Now> doubled;
  for (std::int64_t m = month("2026-11-01"); m < month("2027-11-01"); ++m) {
    doubled.push_back({m, 6, 2});
  }
  EXPECT_FALSE(look(rule, doubled)->relapsed_in);
  EXPECT_TRUE(look(rule, {})->periods.empty());
  std::vector<Now> shuffled{{month("2027-01-01"), 9, 1}, {month("2026-11-01"), 9, 1}};
  EXPECT_EQ(look(rule, shuffled)->periods.front().now.period, month("2026-11-01"));
}

TEST(RecurrenceRelapse, QuietMonthsAreCountedFromTheEnd) {
  Effect effect = fallen(12, 3);
  const Watch rule = *watch(effect, Period::month);
  EXPECT_EQ(quiet_in_a_row(rule, effect), 8);
  effect.series[effect.series.size() - 4].cases = 12;
  EXPECT_EQ(quiet_in_a_row(rule, effect), 3);
}

TEST(RecurrenceRelapse, OnlyWhatFellCanRelapse) {
  EXPECT_EQ(watch(fallen(6, 6), Period::month).error().key, "recurrence.not_fewer");
  AlarmSettings absurd;
  absurd.false_alarms_a_year = std::nan("");
  EXPECT_EQ(watch(fallen(12, 3), Period::month, absurd).error().key, "recurrence.bad_settings");
  const Watch rule = *watch(fallen(12, 3), Period::month);
  const std::int64_t m = month("2027-01-01");
  EXPECT_EQ(look(rule, {{m, -1, 1}}).error().key, "recurrence.bad_count");
  EXPECT_EQ(look(rule, {{m, 1, 1}, {m, 1, 1}}).error().key, "recurrence.counted_twice");
}

TEST(RecurrenceRelapse, AHugeClassHasARuleTooAndAtOnce) {
  const Watch rule = *watch(fallen(2'000'000, 700'000), Period::month);
  EXPECT_LE(rule.false_alarms_a_year, 0.05);
  EXPECT_TRUE(std::isfinite(rule.limit));
  EXPECT_GT(rule.when_back.within_a_year, 0.99);
}

TEST(RecurrenceRelapse, ASmallClassSaysThatItCanHardlyBeWatched) {
  Effect effect = fallen(12, 3);
  effect.level->after = 0.05;
  effect.level->expected_before = 0.15;
  effect.level->events = 1.5;
  const Watch rule = *watch(effect, Period::month);
  EXPECT_FALSE(rule.can_see);
  EXPECT_EQ(rule.sentence.key, "recurrence.watch_hardly");
}

// What the chain computes exactly is what happens when the same world is played.
TEST(RecurrenceRelapse, TheComputedRatesAreThoseOfAPlayedWorld) {
  const Effect effect = fallen(12, 3);
  const Watch rule = *watch(effect, Period::month);
  Drawn drawn(77);
  constexpr int runs = 4000;
  int alarms = 0;
  int found = 0;
  double months = 0;
  const CountDistribution old(rule.back, rule.dispersion);
  for (int run = 0; run < runs; ++run) {
    const double level =
        rule.expected * gamma_quantile(effect.level->events, drawn.unit()) / effect.level->events;
    const double dispersion =
        std::max(1.0, effect.level->dispersion * effect.level->dispersion_degrees /
                          chi_squared_quantile(effect.level->dispersion_degrees, drawn.unit()));
    const CountDistribution now(level, dispersion);
    std::vector<Now> quiet;
    std::vector<Now> back;
    for (std::int64_t m = month("2026-11-01"); m < month("2027-11-01"); ++m) {
      quiet.push_back({m, now.quantile(drawn.unit()), 1});
      back.push_back({m, old.quantile(drawn.unit()), 1});
    }
    if (look(rule, quiet)->relapsed_in) ++alarms;
    if (const auto in = look(rule, back)->relapsed_in) {
      ++found;
      months += static_cast<double>(*in - month("2026-10-01"));
    }
  }
  EXPECT_NEAR(static_cast<double>(alarms) / runs, rule.false_alarms_a_year, 0.015);
  EXPECT_LE(static_cast<double>(alarms) / runs, 0.055);
  EXPECT_NEAR(static_cast<double>(found) / runs, rule.when_back.within_a_year, 0.01);
  EXPECT_NEAR(months / found, rule.when_back.mean_months, 0.1);
}

}  // namespace
}  // namespace minhu::recurrence
