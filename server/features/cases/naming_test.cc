// What somebody is kept from is found without loading every case that names anybody.
#include <gtest/gtest.h>

#include "features/cases/closure.h"
#include "features/cases/test_world.h"
#include "ports/test_counting.h"

namespace minhu::cases {
namespace {

class NamingCases : public Journey {};

TEST_F(NamingCases, WhatIsHiddenIsFoundByTheSameQuestionsHoweverManyCasesNameSomebody) {
  std::uint8_t said = 0;  // words, each with a token of their own
  const auto complaint_of = [&](UnitId accused) {
    const CaseId id = received(++said).case_id;
    must(dispatcher(), id, EventKind::triaged, {{"complained_of", accused.text()}});
    return id;
  };
  const CaseId of_water = complaint_of(water_);
  const auto asked = [&] {
    return database_->read([&](Reading& reading) {
      CountingQuestions counting(reading);
      const auto kept = kept_from(counting, as(Role::handler, water_));
      EXPECT_EQ(kept.size(), 1U);
      EXPECT_EQ(kept.front().id, of_water);
      EXPECT_EQ(kept.front(), file(of_water));
      EXPECT_EQ(counting.asked("SELECT case_id, number, "), 1);
      return counting.asked();
    });
  };
  const int of_one = asked();
  for (int i = 0; i < 40; ++i) complaint_of(housing_);
  EXPECT_EQ(asked(), of_one);
  EXPECT_TRUE(
      database_->read([&](Reading& reading) { return kept_from(reading, speaker()).empty(); }));
}

}  // namespace
}  // namespace minhu::cases
