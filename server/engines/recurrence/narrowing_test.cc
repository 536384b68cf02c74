#include "engines/recurrence/narrowing.h"

#include <gtest/gtest.h>

#include "engines/recurrence/effect.h"

namespace minhu::recurrence {
namespace {

Doors as_before() {
  Doors doors;
  doors.doors = {{"hotline", 180, 180, 900, 880}, {"town window", 120, 120, 300, 310}};
  doors.all_before = {1200, 60, 30, 20};
  doors.all_after = {1190, 58, 31, 22};
  doors.class_before = {66, 3, 4, 1};
  doors.class_after = {18, 1, 1, 0};
  doors.neighbours_before = 80;
  doors.neighbours_after = 84;
  return doors;
}

std::vector<std::string> reasons(const Doors& doors) {
  std::vector<std::string> keys;
  const Narrowing found = *narrowing(doors);
  for (const Sentence& reason : found.reasons) keys.push_back(reason.key);
  return keys;
}
using Keys = std::vector<std::string>;

TEST(RecurrenceNarrowing, DoorsAsBeforeAreOpen) {
  EXPECT_EQ(narrowing(as_before())->access, Access::open);
  EXPECT_EQ(reasons(as_before()), Keys{});
}

TEST(RecurrenceNarrowing, WhatIsNotKnownIsNotOpen) {
  EXPECT_EQ(narrowing(Doors{})->access, Access::unknown);
}

TEST(RecurrenceNarrowing, AClosedDoorIsNamed) {
  Doors doors = as_before();
  doors.doors[1].days_open_after = 0;
  doors.doors[1].cases_after = 0;
  ASSERT_EQ(reasons(doors), Keys{"recurrence.narrowed.door_closed"});
  EXPECT_EQ(narrowing(doors)->reasons[0].details.at("door"), "town window");
}

TEST(RecurrenceNarrowing, ADoorThatNobodyUsedMayClose) {
  Doors doors = as_before();
  doors.doors.push_back({"fax", 180, 0, 12, 0});
  EXPECT_EQ(reasons(doors), Keys{});
}

TEST(RecurrenceNarrowing, ADoorThatOpensLessOrGoesQuietIsNamed) {
  Doors shorter = as_before();
  shorter.doors[1].days_open_after = 60;
  EXPECT_EQ(reasons(shorter), Keys{"recurrence.narrowed.door_open_less"});
  Doors quiet = as_before();
  quiet.doors[1].cases_after = 90;
  EXPECT_EQ(reasons(quiet), Keys{"recurrence.narrowed.door_quiet"});
}

TEST(RecurrenceNarrowing, WhenEverythingElseFallsTooPeopleSpeakLess) {
  Doors doors = as_before();
  for (Door& door : doors.doors) door.cases_after /= 2;
  const Keys found = reasons(doors);
  EXPECT_NE(std::find(found.begin(), found.end(), "recurrence.narrowed.intake_fell"), found.end());
}

TEST(RecurrenceNarrowing, AClassThatIsMostOfTheIntakeMayTakeItDownWithIt) {
  Doors doors;
  doors.doors = {{"hotline", 180, 180, 1000, 300}};
  doors.class_before = {800, 0, 0, 0};
  doors.class_after = {100, 0, 0, 0};
  EXPECT_EQ(reasons(doors), Keys{});
}

TEST(RecurrenceNarrowing, TurningAwayMergingAndWithdrawingAreSeen) {
  Doors refused = as_before();
  refused.all_after.not_accepted = 240;
  EXPECT_EQ(reasons(refused), Keys{"recurrence.narrowed.more_not_accepted"});
  Doors merged = as_before();
  merged.class_after = {60, 2, 40, 1};
  EXPECT_EQ(reasons(merged), Keys{"recurrence.narrowed.class_merged"});
}

TEST(RecurrenceNarrowing, AnotherNameForTheSameIsSeen) {
  Doors doors = as_before();
  doors.neighbours_after = 150;
  EXPECT_EQ(reasons(doors), Keys{"recurrence.narrowed.under_another_name"});
}

TEST(RecurrenceNarrowing, NonsenseIsRefused) {
  Doors negative = as_before();
  negative.doors[0].cases_after = -1;
  EXPECT_EQ(narrowing(negative).error().key, "recurrence.bad_doors");
  Doors more_than_all = as_before();
  more_than_all.class_after.merged = 19;
  EXPECT_EQ(narrowing(more_than_all).error().key, "recurrence.bad_doors");
}

TEST(RecurrenceNarrowing, AFallBehindANarrowerDoorIsNotComparable) {
  Question question;
  question.measured_on = *parse_date("2026-01-10");
  question.known_until = *parse_date("2026-11-01");
  for (std::int64_t m = period_of(*parse_date("2024-01-01"), Period::month);
       m < period_of(question.known_until, Period::month); ++m) {
    const bool before = first_day(m, Period::month) < question.measured_on;
    question.counts.push_back({"village", m, before ? 11 : 3, 1, {}});
  }
  question.doors = as_before();
  EXPECT_EQ(measure(question)->verdict, Verdict::fewer);
  question.doors->doors[1].days_open_after = 0;
  const auto effect = measure(question);
  EXPECT_EQ(effect->verdict, Verdict::not_comparable);
  EXPECT_EQ(effect->sentence.key, "recurrence.not_comparable.narrowed");
  EXPECT_TRUE(effect->range);
}

}  // namespace
}  // namespace minhu::recurrence
