#include "engines/silence/value.h"

#include <gtest/gtest.h>

namespace minhu::silence {
namespace {

Date day(const char* text) {
  return *parse_date(text);
}

Cycle december() {
  Cycle cycle;
  cycle.from = day("2026-12-01");
  cycle.until = day("2027-01-01");
  cycle.usual_need = 4 * one_matter;
  return cycle;
}

const std::vector<Class> classes{{"water", 2000, 90}};

Quiet quiet_since(const char* date) {
  Quiet quiet;
  quiet.since = day(date);
  quiet.set.found_in_a_visit = 0.7;
  quiet.set.classes = {{0.02, 0.02}};  // one trouble hidden in the long run
  quiet.least = 0;
  quiet.most = 3;
  return quiet;
}

std::vector<std::string> keys(const std::vector<Reason>& reasons) {
  std::vector<std::string> all;
  for (const Reason& reason : reasons) all.push_back(reason.key);
  return all;
}

TEST(SilenceValue, ItIsTheSumOfItsParts) {
  const Quiet quiet = quiet_since("2026-06-10");
  const Points silence = silence_of(quiet, classes, december());
  const Value value = value_of(december(), silence, quiet, {{}, {}}, day("2026-12-05"));
  EXPECT_EQ(value.need, 2 * one_matter);
  EXPECT_GT(value.silence, 1'900'000);
  EXPECT_LE(value.silence, 2 * one_matter);
  EXPECT_NEAR(static_cast<double>(value.age), 0.95e6, 0.05e6);  // about half the limit, squared
  EXPECT_EQ(value.whole, value.need + value.silence + value.age);
  EXPECT_LT(value.of_a_visit, value.whole);
  EXPECT_EQ(keys(reasons_of(december(), value, quiet, {{}, {}}, day("2026-12-05"))),
            (std::vector<std::string>{"silence.need", "silence.usual", "silence.age"}));
}

TEST(SilenceValue, AfterAVisitOnlyWhatItDidNotFindIsHiddenAndItGrowsAgain) {
  const AtVisit set = quiet_since("2026-11-30").set;
  EXPECT_NEAR(weighed_hidden(set, classes, 0), 2 * 0.3, 1e-9);
  EXPECT_NEAR(weighed_hidden(set, classes, 1e6), 2, 1e-9);
}

TEST(SilenceValue, WhatOtherPlacesShowIsCreditedAndNotTakenBack) {
  Quiet quiet = quiet_since("2026-11-01");
  const Points before = silence_of(quiet, classes, december());
  quiet = next_cycle(quiet, 1.5);  // a door was closed: places like it would hide more
  quiet = next_cycle(quiet, 0.2);
  EXPECT_EQ(silence_of(quiet, classes, december()), before + 1'500'000);
}

TEST(SilenceValue, WhereTheLimitEndsWithinTheCycleAVisitMustBe) {
  const Value must = value_of(december(), 0, quiet_since("2025-12-31"), {}, day("2026-12-05"));
  EXPECT_TRUE(must.must);
  EXPECT_EQ(must.due, day("2026-12-31"));
  EXPECT_EQ(reasons_of(december(), must, quiet_since("2025-12-31"), {}, day("2026-12-05"))[0].key,
            "silence.must");
  const Value later = value_of(december(), 0, quiet_since("2026-01-01"), {}, day("2026-12-05"));
  EXPECT_FALSE(later.must);
  Cycle short_limit = december();
  short_limit.months = 1;
  EXPECT_EQ(value_of(short_limit, 0, quiet_since("2026-01-31"), {}, day("2026-12-05")).due,
            day("2026-02-28"));
}

TEST(SilenceValue, AQuietPlaceIsToldInWordsAndNumbers) {
  Quiet quiet = quiet_since("2026-06-10");
  quiet.speaking = 0.3;
  const Points silence = silence_of(quiet, classes, december());
  const Value value = value_of(december(), silence, quiet, {}, day("2026-12-05"));
  EXPECT_EQ(reasons_of(december(), value, quiet, {}, day("2026-12-05")).front(),
            (Reason{"silence.quieter",
                    {{"value", "2.0"}, {"percent", "30"}, {"least", "0"}, {"most", "3"}}}));
}

TEST(SilenceValue, WhatWasFrozenCanBeShown) {
  start_crypto();
  const Date since = day("2026-06-10");
  const Digest seal = seal_of(december(), {{"a", 5, since}, {"b", 7, since}});
  EXPECT_EQ(seal, seal_of(december(), {{"b", 7, since}, {"a", 5, since}}));
  EXPECT_NE(seal, seal_of(december(), {{"a", 6, since}, {"b", 7, since}}));
  Cycle other = december();
  other.weights.silence = 2000;
  EXPECT_NE(seal, seal_of(other, {{"a", 5, since}, {"b", 7, since}}));
}

TEST(SilenceValue, ACycleOutOfItsRangeIsRefused) {
  EXPECT_TRUE(check(december()));
  Cycle cycle = december();
  cycle.months = 0;
  EXPECT_EQ(check(cycle).error().field, "months");
  cycle = december();
  cycle.until = cycle.from;
  EXPECT_EQ(check(cycle).error().field, "until");
  cycle = december();
  cycle.weights.silence = -1;
  EXPECT_EQ(check(cycle).error().key, "silence.bad_cycle");
  cycle = december();
  cycle.one_visit = 0;
  EXPECT_EQ(check(cycle).error().field, "one_visit");
}

}  // namespace
}  // namespace minhu::silence
