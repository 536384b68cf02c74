#include "engines/silence/record.h"

#include <gtest/gtest.h>

#include <limits>

namespace minhu::silence {
namespace {

Instant on(double day) {
  return {static_cast<std::int64_t>(day * 86'400'000)};
}

Record village() {
  Record record;
  record.classes = {{"water", 1000, 90}};
  record.places = {{"v", 0, 900, {0.5}}};
  record.from = on(0);
  record.until = on(365);
  return record;
}

Matter matter(std::initializer_list<Word> words, double stopped) {
  Matter matter;
  matter.words = words;
  matter.stopped = on(stopped);
  return matter;
}

Cell counted(const Record& record) {
  return count(record).at(0, 0);
}

// Matters of which nobody knows whether they were still there at last.
std::int64_t quiet(const Cell& cell) {
  std::int64_t sum = 0;
  for (const Heard& one : cell.heard) sum += one.quiet > 0 ? one.matters : 0;
  return sum;
}

TEST(SilenceRecord, TheSamePersonCountsOnce) {
  Record record = village();
  record.matters = {matter({{on(10), 1}, {on(20), 1}, {on(25), 2}, {on(30), 2}}, 40)};
  EXPECT_EQ(counted(record).again(), 1);
  EXPECT_EQ(counted(record).begun, 1);
  EXPECT_EQ(others(record.matters[0]), 1);
}

TEST(SilenceRecord, WhoIsBroughtAlongByAnotherDoesNotCountAndNeitherDoesTheTime) {
  Record record = village();
  record.matters = {matter({{on(10), 1}, {on(11), 2}, {on(12.5), 3}, {on(20), 4}}, 30)};
  const Cell cell = counted(record);
  EXPECT_EQ(cell.again(), 1);           // on day 20
  EXPECT_NEAR(cell.pauses(), 7, 1e-6);  // from day 13
  EXPECT_EQ(quiet(cell), 1);
  EXPECT_NEAR(cell.quiet(), 7, 1e-6);  // from day 23
}

TEST(SilenceRecord, AfterPeopleNoLongerHadToSpeakNothingCounts) {
  Record record = village();
  record.matters = {matter({{on(10), 1}, {on(50), 2}}, 40)};
  EXPECT_EQ(counted(record).again(), 0);
  EXPECT_NEAR(counted(record).quiet(), 27, 1e-6);
}

TEST(SilenceRecord, WhatSomebodySawWasThereAllTheTime) {
  Record record = village();
  record.matters = {matter({{on(10), 1}}, 40)};
  record.matters[0].seen_then = true;
  EXPECT_EQ(counted(record).seen(), 1);
  EXPECT_EQ(quiet(counted(record)), 0);
  EXPECT_NEAR(counted(record).pauses(), 27, 1e-6);
}

TEST(SilenceRecord, AClosedDoorLengthensNothing) {
  Record record = village();
  record.matters = {matter({{on(10), 1}}, 40)};
  record.closed = {{0, on(20), on(28)}, {0, on(25), on(30)}, {0, on(300), on(900)}};
  EXPECT_NEAR(counted(record).quiet(), 17, 1e-6);
  EXPECT_NEAR(count(record).open_days[0], 365 - 10 - 65, 1e-6);
  // What came in all the same, by another way, is no measure of the door.
  record.matters = {matter({{on(22), 1}, {on(27), 2}}, 40)};
  EXPECT_EQ(counted(record).begun, 0);
  EXPECT_EQ(counted(record).again(), 0);
}

TEST(SilenceRecord, NothingCountsAfterAHundredQuietDaysOrAfterTheEnd) {
  Record record = village();
  record.matters = {matter({{on(10), 1}, {on(200), 2}}, 300), matter({{on(350), 1}}, 900),
                    matter({{on(400), 1}}, 900)};
  const Cell cell = counted(record);
  EXPECT_EQ(cell.again(), 0);
  EXPECT_EQ(cell.begun, 2);
  EXPECT_NEAR(cell.quiet(), 112, 1e-6);
}

TEST(SilenceRecord, MattersThatWentAlikeStandTogetherInWhateverOrderTheyCome) {
  Record record = village();
  record.matters = {matter({{on(10), 1}, {on(21), 2}}, 40), matter({{on(50), 1}}, 60),
                    matter({{on(100), 1}, {on(112), 2}}, 131), matter({{on(200), 1}}, 299)};
  const Cell cell = counted(record);
  ASSERT_EQ(cell.heard.size(), 3U);
  EXPECT_EQ(cell.heard[2].again, 1);
  EXPECT_EQ(cell.heard[2].matters, 2);
  EXPECT_NEAR(cell.heard[2].pauses, 8 + 9, 1e-6);
  EXPECT_NEAR(cell.heard[2].quiet, 16 + 16, 1e-6);
  std::swap(record.matters[0], record.matters[3]);
  std::swap(record.matters[1], record.matters[2]);
  EXPECT_EQ(counted(record), cell);
}

TEST(SilenceRecord, WhoTheSpeakersAreChangesNothing) {
  Record record = village();
  record.matters = {matter({{on(10), 1}, {on(20), 2}, {on(25), 1}, {on(30), 3}}, 40)};
  const Cell before = counted(record);
  for (Word& word : record.matters[0].words) word.speaker = word.speaker * 0x9E3779B97F4A7C15U;
  EXPECT_EQ(counted(record), before);
  std::swap(record.matters[0].words[0], record.matters[0].words[3]);
  EXPECT_EQ(counted(record), before);
}

TEST(SilenceRecord, NonsenseIsRefusedByName) {
  const auto key = [](const Record& record) {
    const auto outcome = check(record);
    return outcome ? std::string() : outcome.error().key;
  };
  EXPECT_EQ(key(village()), "");
  Record record = village();
  record.until = record.from;
  EXPECT_EQ(key(record), "silence.bad_record");
  record = village();
  record.classes[0].fade_days = std::numeric_limits<double>::quiet_NaN();
  EXPECT_EQ(key(record), "silence.bad_class");
  record = village();
  record.places[0].people = 0;
  EXPECT_EQ(key(record), "silence.bad_place");
  record = village();
  record.places.push_back({"w", 0, 900, {}});
  EXPECT_EQ(key(record), "silence.bad_place");
  record = village();
  record.places.push_back(record.places[0]);
  EXPECT_EQ(key(record), "silence.place_twice");
  record = village();
  record.matters = {matter({{on(10), 1}}, 40)};
  record.matters[0].place = 1;
  EXPECT_EQ(key(record), "silence.unknown_place");
  record.matters[0].place = 0;
  record.matters[0].kind = 7;
  EXPECT_EQ(key(record), "silence.unknown_class");
  record = village();
  record.visits = {{3, on(5)}};
  EXPECT_EQ(key(record), "silence.unknown_place");
}

}  // namespace
}  // namespace minhu::silence
