// What must hold whatever the rule, the calendar and the times are. Every run draws new ones; the
// seed is printed, and MINHU_SEED=… repeats a run.
#include <gtest/gtest.h>

#include "engines/deadlines/deadlines.h"
#include "kernel/test_dice.h"

namespace minhu::deadlines {
namespace {

using std::chrono::days;
using namespace std::chrono_literals;

constexpr std::int64_t day_ms = 24 * 3'600'000;

class Properties : public ::testing::Test {
 protected:
  Rule any_rule() {
    for (;;) {
      const Rule rule = any_combination();
      if (keeps_order(rule)) return rule;
    }
  }

  Rule any_combination() {
    Rule rule;
    rule.amount = dice_.between(1, 70);
    rule.unit = static_cast<Unit>(dice_.between(0, 3));
    rule.begins = static_cast<Begins>(dice_.between(0, 1));
    rule.ends = static_cast<Ends>(dice_.between(0, 1));
    rule.roll = static_cast<Roll>(dice_.between(0, 1));
    return rule;
  }

  // A year of its own: days off here and there, now and then weeks of them, some weekends worked.
  CalendarFile any_file(Date from, Date to) {
    CalendarFile file;
    file.id = "any";
    file.from = from;
    file.to = to;
    file.hours.opens = std::chrono::minutes(dice_.between(6 * 60, 10 * 60));
    file.hours.closes = std::chrono::minutes(dice_.between(12 * 60, 20 * 60));
    const auto any_day = [&] { return from + days(dice_.between(0, (to - from).count())); };
    for (std::int64_t i = dice_.between(0, 8); i > 0; --i) {
      const Date first = any_day();
      const Date last = std::min(to, first + days(dice_.between(0, i == 8 ? 60 : 9)));
      for (Date day = first; day <= last; day += days(1)) file.off.insert(day);
    }
    for (std::int64_t i = dice_.between(0, 8); i > 0; --i) {
      const Date day = any_day();
      if (!file.off.contains(day)) file.worked.insert(day);
    }
    return file;
  }

  Instant any_instant() {
    return {start_of_day(2024y / 6 / 1).unix_ms + dice_.between(0, 1000 * day_ms)};
  }

  Dice dice_{seed_of_this_run()};
  // Two years with a hole of unknown days between them, and nothing before or after.
  CalendarFile first_file_ = any_file(2024y / 9 / 1, 2025y / 6 / 30);
  CalendarFile second_file_ = any_file(2025y / 9 / 1, 2026y / 6 / 30);
  Calendar calendar_{{first_file_, second_file_}};
};

// The same question answered the slow way: one day, or one minute of a day, after the other.
Instant by_hand(const Rule& rule, const Calendar& calendar, Instant start) {
  CivilTime at = to_civil(start);
  const auto open = [&](CivilTime time) {
    const WorkingHours hours = calendar.hours(time.date);
    return calendar.works(time.date) && time.since_midnight >= hours.opens &&
           time.since_midnight < hours.closes;
  };
  if (rule.begins == Begins::when_open && !open(at)) {
    const bool early = at.since_midnight < calendar.hours(at.date).opens;
    if (!calendar.works(at.date) || !early) at.date += days(1);
    while (!calendar.works(at.date)) at.date += days(1);
    at.since_midnight = calendar.hours(at.date).opens;
  }
  const auto last_moment = [&](CivilTime time) {
    if (rule.ends == Ends::at_the_time) return to_instant(time);
    return Instant{start_of_day(time.date).unix_ms + day_ms - 1};
  };
  Instant due;
  switch (rule.unit) {
    case Unit::hours:
      due = {to_instant(at).unix_ms + rule.amount * 3'600'000};
      break;
    case Unit::calendar_days:
      for (std::int64_t left = rule.amount; left > 0; --left) at.date += days(1);
      due = last_moment(at);
      break;
    case Unit::working_days:
      for (std::int64_t left = rule.amount; left > 0;) {
        at.date += days(1);
        if (calendar.works(at.date)) --left;
      }
      due = last_moment(at);
      break;
    case Unit::working_hours: {
      std::chrono::milliseconds left = std::chrono::hours(rule.amount);
      for (;;) {
        const WorkingHours hours = calendar.hours(at.date);
        const auto from = std::max<std::chrono::milliseconds>(at.since_midnight, hours.opens);
        const auto today = calendar.works(at.date) && from < hours.closes
                               ? hours.closes - from
                               : std::chrono::milliseconds(0);
        if (left <= today) {
          due = to_instant({at.date, from + left});
          break;
        }
        left -= today;
        at = {at.date + days(1), {}};
      }
      break;
    }
  }
  if (rule.roll == Roll::forward) {
    CivilTime last = to_civil(due);
    if (!calendar.works(last.date)) {
      while (!calendar.works(last.date)) last.date += days(1);
      due = last_moment(last);
    }
  }
  return due;
}

TEST_F(Properties, AHundredThousandDatesAreThoseCountedByHand) {
  for (int round = 0; round < 100'000; ++round) {
    const Rule rule = any_rule();
    const Instant start = any_instant();
    const Due due = compute(rule, calendar_, start);
    ASSERT_EQ(due.due, by_hand(rule, calendar_, start))
        << "from " << format_instant(start) << ", " << rule.amount << " of unit "
        << static_cast<int>(rule.unit) << ", round " << round;
    ASSERT_EQ(due.last_day, to_date(due.due));
    ASSERT_GE(due.begun, start);
    ASSERT_GT(due.due, due.begun);
  }
}

TEST_F(Properties, ALaterStartIsNeverDueEarlier) {
  for (int round = 0; round < 20'000; ++round) {
    const Rule rule = any_rule();
    const Instant first = any_instant();
    const Instant second{first.unix_ms + dice_.between(0, 12 * day_ms)};
    ASSERT_LE(compute(rule, calendar_, first).due, compute(rule, calendar_, second).due)
        << format_instant(first) << " and " << format_instant(second);
  }
}

TEST_F(Properties, WorkingDaysAreNeverDueBeforeAsManyCalendarDays) {
  for (int round = 0; round < 20'000; ++round) {
    Rule rule = any_rule();
    const Instant start = any_instant();
    rule.unit = Unit::calendar_days;
    const Due calendar_days = compute(rule, calendar_, start);
    rule.unit = Unit::working_days;
    ASSERT_GE(compute(rule, calendar_, start).due, calendar_days.due);
    rule.roll = Roll::none;
    rule.unit = Unit::hours;
    const Due hours = compute(rule, calendar_, start);
    rule.unit = Unit::working_hours;
    ASSERT_GE(compute(rule, calendar_, start).due, hours.due);
  }
}

TEST_F(Properties, AnExtensionLengthensByItsAmountAndInPartsAsInOne) {
  for (int round = 0; round < 20'000; ++round) {
    Rule rule = any_rule();
    rule.roll = Roll::none;
    const Instant start = any_instant();
    const Due due = compute(rule, calendar_, start);
    const std::int64_t one = dice_.between(1, 20);
    const std::int64_t two = dice_.between(1, 20);
    const Due once = extend(rule, calendar_, start, due.due, one + two);
    const Due twice =
        extend(rule, calendar_, start, extend(rule, calendar_, start, due.due, one).due, two);
    ASSERT_GT(once.due, due.due);
    ASSERT_EQ(once.due, twice.due);
    // What the cap of a rule caps: with everything it may be given, a term is the term of that many
    // more.
    Rule longest = rule;
    longest.amount += one + two;
    ASSERT_EQ(once.due, compute(longest, calendar_, start).due);
  }
}

TEST_F(Properties, APauseLengthensByWhatItTookAndNothingShortens) {
  for (int round = 0; round < 20'000; ++round) {
    const Rule rule = any_rule();
    const Instant start = any_instant();
    const Due due = compute(rule, calendar_, start);
    const Instant paused{start.unix_ms + dice_.between(0, 20 * day_ms)};
    const std::int64_t length = dice_.between(0, 40 * day_ms);
    const auto after = [&](std::int64_t pause) {
      return resume(rule, calendar_, start, due.due, paused, {paused.unix_ms + pause}).due;
    };
    ASSERT_EQ(after(0), due.due) << "a pause of no length moved a date";
    ASSERT_EQ(after(-length), due.due) << "a clock set back during a pause moved a date";
    ASSERT_GE(after(length), due.due);
    ASSERT_LE(after(length / 2), after(length)) << "a longer pause gave an earlier date";
    if (rule.unit == Unit::hours) {
      ASSERT_EQ(after(length).unix_ms, due.due.unix_ms + length);
    }
    if (rule.unit == Unit::calendar_days && rule.roll == Roll::none) {
      ASSERT_LE(after(length).unix_ms - due.due.unix_ms, length + day_ms);
    }
    if (rule.unit == Unit::working_days && rule.roll == Roll::none) {
      ASSERT_EQ(
          calendar_.working_days_between(due.last_day, to_date(after(length))),
          calendar_.working_days_between(to_date(paused), to_date({paused.unix_ms + length})));
    }
  }
}

// The promise behind "provisional": a date without that word never moves when more calendar
// arrives, and one with it is settled by the calendar that was missing.
TEST_F(Properties, OnlyProvisionalDatesMoveWhenACalendarArrives) {
  const CalendarFile hole = any_file(2025y / 7 / 1, 2025y / 8 / 31);
  const CalendarFile before = any_file(2023y / 1 / 1, 2024y / 8 / 31);
  const CalendarFile after = any_file(2026y / 7 / 1, 2029y / 12 / 31);
  const Calendar complete({before, first_file_, hole, second_file_, after});
  int provisional = 0;
  int moved = 0;
  for (int round = 0; round < 30'000; ++round) {
    const Rule rule = any_rule();
    const Instant start = any_instant();
    const Due early = compute(rule, calendar_, start);
    const Due late = compute(rule, complete, start);
    ASSERT_FALSE(late.provisional);
    if (!early.provisional) {
      ASSERT_EQ(early.due, late.due) << "a settled date moved: from " << format_instant(start);
    }
    provisional += early.provisional ? 1 : 0;
    moved += early.due != late.due ? 1 : 0;
  }
  EXPECT_GT(provisional, 1000);  // else the draw did not ask the question
  EXPECT_GT(moved, 100);
}

TEST_F(Properties, ACountOverDaysNobodyPublishedIsNeverSilentlyMondayToFriday) {
  for (int round = 0; round < 20'000; ++round) {
    Rule rule = any_rule();
    rule.roll = Roll::none;
    rule.unit = dice_.coin() ? Unit::working_days : Unit::working_hours;
    const Instant start = any_instant();
    const Due due = compute(rule, calendar_, start);
    bool known = true;
    for (Date day = to_date(start); day <= due.last_day; day += days(1)) {
      known = known && calendar_.knows(day);
    }
    ASSERT_EQ(due.provisional, !known) << format_instant(start);
    rule.citation = "c";
    const bool told = explain(rule, due, Language::chinese).find("日期暂定") != std::string::npos;
    ASSERT_EQ(told, due.provisional);
  }
}

// A wall clock may be anywhere: nothing asserts, and the same question has the same answer.
TEST_F(Properties, TimesFromAnyCenturyAndInAnyOrderAreAnswered) {
  constexpr std::int64_t centuries = std::int64_t{300} * 365 * day_ms;
  for (int round = 0; round < 20'000; ++round) {
    const Rule rule = any_rule();
    const Instant start{dice_.between(-centuries, centuries)};
    const Instant paused{start.unix_ms + dice_.between(-400 * day_ms, 400 * day_ms)};
    const Instant resumed{start.unix_ms + dice_.between(-400 * day_ms, 400 * day_ms)};
    const Due due = compute(rule, calendar_, start);
    ASSERT_EQ(compute(rule, calendar_, start), due);
    ASSERT_GT(due.due, start);
    const Due later = resume(rule, calendar_, start, due.due, paused, resumed);
    ASSERT_GE(later.due, due.due);
    ASSERT_GT(extend(rule, calendar_, start, later.due, 1).due, later.due);
  }
}

TEST_F(Properties, AllZonesCountOnTheirOwnWallClock) {
  for (int round = 0; round < 5'000; ++round) {
    const Rule rule = any_rule();
    const Instant start = any_instant();
    const FixedZone other{std::chrono::minutes(dice_.between(-12 * 60, 14 * 60))};
    const std::int64_t shift =
        std::chrono::milliseconds(china_standard_time.offset - other.offset).count();
    ASSERT_EQ(compute(rule, calendar_, start).due.unix_ms + shift,
              compute(rule, calendar_, {start.unix_ms + shift}, other).due.unix_ms);
  }
}

}  // namespace
}  // namespace minhu::deadlines
