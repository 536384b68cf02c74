#include "features/cases/watch.h"

#include "features/cases/test_world.h"

namespace minhu::cases {
namespace {

class Watching : public Journey {
 protected:
  Context supervisor() { return as(Role::supervisor, county_.petition_office); }
  std::vector<WatchLine> list(Watch watch, UnitId unit = {}) {
    return database_->read([&](Reading& reading) {
      return *watch_list(reading, supervisor(), watch, unit, std::nullopt, 50);
    });
  }
  CaseId with_housing(std::uint8_t token = 1) {
    const CaseId id = received(token).case_id;
    must(dispatcher(), id, EventKind::transferred, to(housing_));
    must(handler(), id, EventKind::signed_in);
    must(handler(), id, EventKind::accepted);
    return id;
  }
};

TEST_F(Watching, FindsTheHalfThatPassedInSilenceAndForgetsItWhenTheUnitActs) {
  const CaseId id = with_housing();
  pass_days(29);
  EXPECT_TRUE(list(Watch::silent_half).empty());
  pass_days(2);
  ASSERT_EQ(list(Watch::silent_half).size(), 1U);
  EXPECT_EQ(list(Watch::silent_half)[0].unit, housing_);
  EXPECT_FALSE(list(Watch::silent_half)[0].headline.empty());
  EXPECT_TRUE(list(Watch::silent_half, water_).empty());
  must(speaker(), id, EventKind::urged);
  EXPECT_EQ(list(Watch::silent_half).size(), 1U) << "the speaker's own step is no work of the unit";
  must(handler(), id, EventKind::progress_told, {{"public_answer", "材料已经买到"}});
  EXPECT_TRUE(list(Watch::silent_half).empty());
}

TEST_F(Watching, FindsACoHandlerThatDoesNothingForThreeDays) {
  const CaseId id = with_housing();
  must(handler(), id, EventKind::co_handler_added, {{"unit", water_.text()}});
  pass_days(2);
  EXPECT_TRUE(list(Watch::silent_co).empty());
  pass_days(1);
  ASSERT_EQ(list(Watch::silent_co).size(), 1U);
  EXPECT_EQ(list(Watch::silent_co)[0].unit, water_);
  must(as(Role::handler, water_), id, EventKind::noted, {{"note", "已去看过"}});
  EXPECT_TRUE(list(Watch::silent_co).empty());
}

TEST_F(Watching, FindsAnAnswerThatWasSentBackAndNotWrittenAnew) {
  const CaseId id = received().case_id;
  answer(id);
  must(dispatcher(), id, EventKind::sent_back, {{"way", "rewrite"}, {"reason", "没有说办了什么"}});
  pass_days(6);
  ASSERT_EQ(list(Watch::sent_back).size(), 1U);
  must(handler(), id, EventKind::answered, opinion());
  EXPECT_TRUE(list(Watch::sent_back).empty());
}

TEST_F(Watching, FindsWhatIsPassedToAndFro) {
  const CaseId id = received().case_id;
  for (int time = 0; time < 2; ++time) {
    must(dispatcher(), id, EventKind::transferred, to(housing_));
    must(handler(), id, EventKind::objected,
         {{"duty", "不属于"}, {"proper_unit", water_.text()}, {"reason", "水利管"}});
    if (time == 0) {
      must(dispatcher(), id, EventKind::objection_upheld, {{"reason", "属实"}});
      EXPECT_TRUE(list(Watch::bouncing).empty());
    }
  }
  ASSERT_EQ(list(Watch::bouncing).size(), 1U);
}

TEST_F(Watching, KeepsAnOrderInSightUntilItIsAnswered) {
  const CaseId id = with_housing();
  must(supervisor(), id, EventKind::supervised,
       {{"trigger", "late"}, {"unit", housing_.text()}, {"reason", "请说明"}});
  ASSERT_EQ(list(Watch::owed).size(), 1U);
  EXPECT_EQ(list(Watch::owed)[0].unit, housing_);
  must(handler(), id, EventKind::supervision_answered, {{"report", "已安排"}});
  EXPECT_TRUE(list(Watch::owed).empty());
}

TEST_F(Watching, ListsWhatIsOverdueTheLongestFirstAndCountsItByUnit) {
  const CaseId older = with_housing(1);
  pass_days(3);
  const CaseId newer = with_housing(2);
  pass_days(61);
  const auto lines = list(Watch::overdue);
  ASSERT_EQ(lines.size(), 2U);
  EXPECT_EQ(lines[0].file.id, older);
  EXPECT_EQ(lines[1].file.id, newer);
  const auto next = database_->read([&](Reading& reading) {
    return *watch_list(reading, supervisor(), Watch::overdue, {}, lines[0].cursor, 50);
  });
  ASSERT_EQ(next.size(), 1U);
  EXPECT_EQ(next[0].file.id, newer);
  const auto loads =
      database_->read([&](Reading& reading) { return workload(reading, supervisor()); });
  ASSERT_EQ(loads.size(), 1U);
  EXPECT_EQ(loads[0].unit, housing_);
  EXPECT_EQ(loads[0].open, 2);
  EXPECT_EQ(loads[0].overdue, 2);
  EXPECT_EQ(loads[0].silent, 2);
}

TEST_F(Watching, ShowsNoAccusationAndNothingToWhoeverIsNoSupervisor) {
  const CaseId id = with_housing();
  pass_days(40);
  ASSERT_EQ(list(Watch::silent_half).size(), 1U);
  must(dispatcher(), id, EventKind::held);
  for (const Watch watch : all_watches()) EXPECT_TRUE(list(watch).empty()) << name(watch);
  const auto seen = database_->read([&](Reading& reading) {
    return watch_list(reading, handler(), Watch::overdue, {}, std::nullopt, 50);
  });
  EXPECT_FALSE(seen);
}

TEST_F(Watching, HidesFromASupervisorTheCaseThatComplainsOfTheirOwnUnit) {
  const CaseId id = received().case_id;
  must(dispatcher(), id, EventKind::triaged, {{"complained_of", water_.text()}});
  must(dispatcher(), id, EventKind::transferred, to(housing_));
  must(handler(), id, EventKind::signed_in);
  pass_days(40);
  const auto seen = database_->read([&](Reading& reading) {
    return *watch_list(reading, as(Role::supervisor, water_), Watch::overdue, {}, std::nullopt, 50);
  });
  EXPECT_TRUE(seen.empty());
  EXPECT_FALSE(list(Watch::overdue).empty());
}

TEST_F(Watching, ARatingThatAsksForHandlingAgainIsDecidedAndNotForgotten) {
  const CaseId id = received().case_id;
  answer(id);
  must(speaker(), id, EventKind::rated, {{"solved", "no"}, {"asks_rehandling", "yes"}});
  pass_days(6);
  ASSERT_EQ(list(Watch::asks_again).size(), 1U);
  must(dispatcher(), id, EventKind::reopened, {{"reason", "没有修好"}});
  EXPECT_TRUE(list(Watch::asks_again).empty());
}

TEST_F(Watching, WhoAskedForNoCallIsNotCalledAndWhatTheyDidNotWriteIsNoAnswer) {
  const CaseId id = received().case_id;
  answer(id);
  const Fields in_writing{{"reached", "no_call_wished"}};
  EXPECT_EQ(refused(caller(), id, EventKind::callback_done, in_writing),
            "cases.speaker_still_has_time");
  pass_days(8);
  must(caller(), id, EventKind::callback_done, in_writing);
  EXPECT_EQ(file(id).state, State::called_back);
  EXPECT_FALSE(file(id).solved.has_value());
  EXPECT_FALSE(file(id).satisfaction.has_value());
}

}  // namespace
}  // namespace minhu::cases
