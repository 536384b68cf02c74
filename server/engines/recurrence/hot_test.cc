#include "engines/recurrence/hot.h"

#include <gtest/gtest.h>

#include <cmath>

#include "engines/recurrence/test_classes.h"

namespace minhu::recurrence {
namespace {

Spot spot(const char* category, const char* place, std::int64_t now, std::int64_t usual) {
  return {category, place, now, std::vector<std::int64_t>(13, usual), 1};
}

TEST(RecurrenceHot, WhatComesFourTimesAsOftenIsShownFirst) {
  const Rising rising = *hot({spot("water", "a", 3, 3), spot("water", "b", 16, 4),
                              spot("noise", "a", 30, 3), spot("noise", "b", 2, 2)});
  ASSERT_EQ(rising.spots.size(), 2U);
  EXPECT_EQ(rising.spots[0].category, "noise");
  EXPECT_EQ(rising.spots[1].place, "b");
  EXPECT_NEAR(rising.spots[1].expected, 4, 0.3);
  EXPECT_EQ(rising.spots[1].sentence.details.at("cases"), "16");
  EXPECT_EQ(rising.looked_at, 4);
}

TEST(RecurrenceHot, ASeasonThatComesEveryYearIsNotHot) {
  std::vector<Spot> spots;
  for (int place = 0; place < 20; ++place) {
    Spot one = spot("flood", "", 40, 5);
    one.place = std::to_string(place);
    one.earlier[10] = one.earlier[11] = one.earlier[12] = 40;  // a year ago
    spots.push_back(one);
  }
  EXPECT_TRUE(hot(spots)->spots.empty());
  spots[3].cases = 120;
  ASSERT_EQ(hot(spots)->spots.size(), 1U);
  EXPECT_EQ(hot(spots)->spots[0].place, "3");
}

TEST(RecurrenceHot, OneLoudTroubleIsNoRiseWhereTroublesAreAlwaysLoud) {
  std::vector<Spot> spots;
  for (int place = 0; place < 12; ++place) {
    Spot one = spot("pipes", "", 0, 0);
    one.place = std::to_string(place);
    one.earlier[static_cast<std::size_t>(place)] = 8;  // ten calls about one pipe, now and then
    spots.push_back(one);
  }
  spots[0].cases = 8;
  EXPECT_TRUE(hot(spots)->spots.empty());
}

TEST(RecurrenceHot, FewAndUnknownAreNotShown) {
  Spot young = spot("bus", "a", 50, 0);
  young.earlier.resize(2);
  const Rising rising = *hot({spot("bus", "b", 2, 0), young});
  EXPECT_TRUE(rising.spots.empty());
  EXPECT_EQ(rising.looked_at, 1);
  EXPECT_TRUE(hot({})->spots.empty());
}

TEST(RecurrenceHot, NonsenseIsRefused) {
  EXPECT_EQ(hot({spot("bus", "a", -1, 3)}).error().key, "recurrence.bad_spot");
  Spot absurd = spot("bus", "a", 1, 3);
  absurd.exposure = std::nan("");
  EXPECT_EQ(hot({absurd}).error().key, "recurrence.bad_spot");
  EXPECT_EQ(hot({spot("bus", "a", 1, 3), spot("bus", "a", 1, 3)}).error().key,
            "recurrence.spot_twice");
  HotSettings settings;
  settings.false_part = 0;
  EXPECT_EQ(hot({spot("bus", "a", 1, 3)}, settings).error().key, "recurrence.bad_settings");
}

TEST(RecurrenceHot, InACountyWhereNothingRisesAlmostNothingIsShown) {
  Drawn drawn(5);
  std::size_t shown = 0;
  for (int month = 0; month < 48; ++month) {
    std::vector<Spot> spots;
    for (int category = 0; category < 20; ++category) {
      for (int place = 0; place < 30; ++place) {
        const double rate = drawn.log_between(0.05, 8);
        Spot one{std::to_string(category), std::to_string(place), 0, {}, 1};
        for (int window = 0; window < 13; ++window) {
          one.earlier.push_back(CountDistribution(rate, 2).quantile(drawn.unit()));
        }
        one.cases = CountDistribution(rate, 2).quantile(drawn.unit());
        spots.push_back(std::move(one));
      }
    }
    shown += hot(spots)->spots.size();
  }
  EXPECT_LE(shown, 10U);  // in four years, of 600 spots each month
}

}  // namespace
}  // namespace minhu::recurrence
