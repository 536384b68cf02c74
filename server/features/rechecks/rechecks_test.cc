#include "features/rechecks/rechecks.h"

#include "features/cases/notices.h"
#include "features/cases/queue.h"
#include "features/cases/test_world.h"

namespace minhu::rechecks {
namespace {

using cases::CaseId;
using cases::EventKind;
using cases::Part;

class AskingAgain : public cases::World {
 protected:
  AskingAgain() : World(rechecks::migrations()) {}

  void TearDown() override {
    const auto rebuilt = cases::rebuild(*database_, county_.region, cases::OnDifference::report);
    EXPECT_TRUE(rebuilt.different.empty());
    EXPECT_EQ(rebuilt.stray_queue_entries, 0);
  }

  Round run() {
    system::ManualClock clock{now_};
    const cases::Installation installation{*database_, county_, keyring_, entropy_, clock};
    return run_once(installation);
  }
  // Answered by the housing department and said to be solved.
  CaseId solved(std::uint8_t token = 1) {
    const CaseId id = received(token).case_id;
    answer(id);
    must(caller(), id, EventKind::callback_done, {{"reached", "yes"}, {"solved", "yes"}});
    return id;
  }
  std::vector<UnitCounts> counts() {
    const std::string month = format_date(to_date(now_, county_.rules.zone)).substr(0, 7);
    return database_->read(
        [&](Reading& reading) { return counts_of(reading, county_.region, month); });
  }
  void sample(Sampling sampling) {
    write([&](Transaction& t) { EXPECT_TRUE(set_sampling(t, county_.region, sampling)); });
  }
};

TEST_F(AskingAgain, AfterTwentyEightDaysEverybodyIsAskedOnceAndNobodyBefore) {
  const CaseId id = solved();
  pass_days(27);
  EXPECT_EQ(run().asked, 0);
  pass_days(1);
  EXPECT_EQ(run().asked, 1);
  EXPECT_EQ(run().asked, 0);
  EXPECT_EQ(file(id).question_day, 28);
}

TEST_F(AskingAgain, TheQuestionGoesOutAsANeutralMessageToWhoeverLeftAWay) {
  cases::Words words = some_words(3);
  words.contact = Sealed<cases::Contact>(cases::Contact{"甲", "13800000000", "", "sms"});
  const auto receipt = receive_words(as(Role::anyone), std::move(words));
  ASSERT_TRUE(receipt);
  answer(receipt->case_id);
  must(caller(), receipt->case_id, EventKind::callback_done,
       {{"reached", "yes"}, {"solved", "yes"}});
  const auto waiting = [&] {
    return database_->read(
        [&](Reading& reading) { return cases::pending_notices(reading, county_.region, 100); });
  };
  const std::size_t before = waiting().size();
  pass_days(28);
  run();
  ASSERT_EQ(waiting().size(), before + 1);
  EXPECT_EQ(waiting().back().occasion, cases::Occasion::question);
}

TEST_F(AskingAgain, WhatTheSpeakerSaysIsCountedForTheUnitThatAnswered) {
  const CaseId id = solved();
  pass_days(28);
  run();
  must(speaker(), id, EventKind::still_solved_told, {{"solved", "yes"}});
  EXPECT_EQ(run().answered, 1);
  ASSERT_EQ(counts().size(), 1U);
  EXPECT_EQ(counts()[0].unit, housing_);
  EXPECT_EQ(counts()[0].yes, 1);
  EXPECT_EQ(counts()[0].unanswered, 0);
}

TEST_F(AskingAgain, SilenceIsUnansweredAndNeverAYes) {
  const CaseId id = solved();
  pass_days(28);
  run();
  const auto month = counts();
  pass_days(22);
  const Round round = run();
  EXPECT_EQ(round.unanswered, 1);
  EXPECT_EQ(file(id).question_day, 0);
  EXPECT_EQ(file(id).solved, cases::Solved::yes) << "what was said at the answer stays";
  const auto then = database_->read(
      [&](Reading& reading) { return counts_of(reading, county_.region, "2025-10"); });
  ASSERT_EQ(then.size(), 1U);
  EXPECT_EQ(then[0].yes, 0);
  EXPECT_EQ(then[0].unanswered, 1);
  EXPECT_EQ(refused(speaker(), id, EventKind::still_solved_told, {{"solved", "yes"}}),
            "cases.step_not_open");
}

TEST_F(AskingAgain, ANoWithTheWishToBeHandledAgainWaitsForADecisionAndIsNotBuried) {
  const CaseId id = solved();
  pass_days(28);
  run();
  must(speaker(), id, EventKind::still_solved_told,
       {{"solved", "no"}, {"asks_rehandling", "yes"}, {"words", "又漏了"}});
  const auto queue = database_->read([&](Reading& reading) {
    cases::QueueQuery query;
    query.part = Part::reopen;
    return cases::queue_of(reading, dispatcher(), query, std::nullopt, 10)->lines;
  });
  ASSERT_EQ(queue.size(), 1U);
  pass_days(10);
  EXPECT_EQ(refused(dispatcher(), id, EventKind::closed, {{"because", "window_over"}}),
            "cases.asks_again_first");
  must(dispatcher(), id, EventKind::reopened, {{"reason", "确实又漏了"}});
  EXPECT_EQ(file(id).state, cases::State::accepted);
  EXPECT_EQ(counts().size(), 0U);
  run();
  const auto then = database_->read(
      [&](Reading& reading) { return counts_of(reading, county_.region, "2025-10"); });
  EXPECT_EQ(then.at(0).no, 1) << "opened again or not, the no is counted";
}

TEST_F(AskingAgain, ARefusalToHandleItAgainNeedsAReasonThatTheSpeakerReads) {
  const CaseId id = solved();
  pass_days(28);
  run();
  must(speaker(), id, EventKind::still_solved_told, {{"solved", "no"}, {"asks_rehandling", "yes"}});
  EXPECT_EQ(refused(dispatcher(), id, EventKind::reopening_declined), "cases.field_missing");
  must(dispatcher(), id, EventKind::reopening_declined, {{"reason", "现场看过，是另一处"}});
  const auto view =
      database_->read([&](Reading& reading) { return *cases::view_case(reading, speaker(), id); });
  ASSERT_FALSE(view.timeline.back().texts.empty());
  EXPECT_EQ(view.timeline.back().texts[0].text, "现场看过，是另一处");
  EXPECT_EQ(refused(dispatcher(), id, EventKind::reopening_declined, {{"reason", "x"}}),
            "cases.step_not_open");
}

TEST_F(AskingAgain, OnThePhoneUnreachableNeedsThreeTimesOfDayAndTheHandlerNeverAsks) {
  const CaseId id = solved();
  pass_days(28);
  run();
  const auto unreachable = [&] {
    return refused(caller(), id, EventKind::still_solved_called, {{"reached", "unreachable"}});
  };
  EXPECT_EQ(unreachable(), "cases.try_again_at_another_time");
  for (const char* time : {"2025-10-27 09:00", "2025-10-27 15:00", "2025-10-27 19:30"}) {
    now_ = *parse_instant(time);
    must(caller(), id, EventKind::callback_attempted);
  }
  EXPECT_EQ(refused(as(Role::caller, housing_), id, EventKind::still_solved_called,
                    {{"reached", "yes"}, {"solved", "yes"}}),
            "cases.not_found");
  EXPECT_EQ(refused(handler(), id, EventKind::still_solved_called,
                    {{"reached", "yes"}, {"solved", "yes"}}),
            "cases.not_allowed");
  EXPECT_EQ(unreachable(), "allowed");
  run();
  EXPECT_EQ(counts().at(0).unanswered, 1);
}

TEST_F(AskingAgain, AUnitIsAskedAboutNoMoreThanTheNumberOfTheMonth) {
  sample({28, 1, 2});
  for (std::uint8_t token = 1; token <= 3; ++token) solved(token);
  pass_days(28);
  const Round round = run();
  EXPECT_EQ(round.asked, 2);
  EXPECT_EQ(round.left_out, 1);
}

TEST_F(AskingAgain, TheDrawDependsOnTheCaseAloneAndTakesAboutItsShare) {
  sample({28, 3, 1000});
  for (std::uint8_t token = 1; token <= 60; ++token) solved(token);
  pass_days(28);
  const Round round = run();
  EXPECT_EQ(round.asked + round.left_out, 60);
  EXPECT_GT(round.asked, 6);
  EXPECT_LT(round.asked, 40);
}

TEST_F(AskingAgain, WhoSaidNoAfterTwentyEightDaysIsNotAskedAgainAfterNinety) {
  sample({90, 1, 40});
  const CaseId said_no = solved(1);
  const CaseId said_yes = solved(2);
  pass_days(28);
  run();
  must(speaker(), said_no, EventKind::still_solved_told, {{"solved", "no"}});
  must(speaker(), said_yes, EventKind::still_solved_told, {{"solved", "yes"}});
  pass_days(62);
  EXPECT_EQ(run().asked, 1);
  EXPECT_EQ(file(said_yes).question_day, 90);
  EXPECT_EQ(file(said_no).question_day, 0);
}

TEST_F(AskingAgain, RefusesASampleThatIsNone) {
  write([&](Transaction& t) {
    EXPECT_FALSE(set_sampling(t, county_.region, {29, 1, 1}));
    EXPECT_FALSE(set_sampling(t, county_.region, {28, 0, 1}));
    EXPECT_FALSE(set_sampling(t, county_.region, {28, 1, 1001}));
  });
}

}  // namespace
}  // namespace minhu::rechecks
