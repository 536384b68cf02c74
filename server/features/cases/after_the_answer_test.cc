#include <gtest/gtest.h>

#include "features/cases/test_world.h"

namespace minhu::cases {
namespace {

class AfterTheAnswer : public Journey {};

TEST_F(AfterTheAnswer, UnreachableTakesThreeCallsAtThreePartsOfTheDay) {
  const Receipt receipt = received();
  answer(receipt.case_id);
  const Fields unreachable{{"reached", "unreachable"}};
  for (const int hour : {9, 10, 14}) {
    pass_days(1);
    now_ = {start_of_day(to_date(now_)).unix_ms + hour * 3'600'000};
    must(caller(), receipt.case_id, EventKind::callback_attempted);
    EXPECT_EQ(refused(caller(), receipt.case_id, EventKind::callback_done, unreachable),
              "cases.try_again_at_another_time");
  }
  now_ = {start_of_day(to_date(now_)).unix_ms + std::int64_t{19} * 3'600'000};
  must(caller(), receipt.case_id, EventKind::callback_attempted);
  EXPECT_EQ(refused(caller(), receipt.case_id, EventKind::callback_done,
                    {{"reached", "unreachable"}, {"satisfaction", "satisfied"}}),
            "cases.unreachable_said_nothing");
  must(caller(), receipt.case_id, EventKind::callback_done, unreachable);
  EXPECT_FALSE(file(receipt.case_id).satisfaction);
}

TEST_F(AfterTheAnswer, ReviewAndRecheckGoUpwardAndEnd) {
  const Receipt receipt = received();
  must(dispatcher(), receipt.case_id, EventKind::transferred, to(town_));
  const Context town = as(Role::handler, town_);
  must(town, receipt.case_id, EventKind::signed_in);
  must(town, receipt.case_id, EventKind::accepted);
  must(town, receipt.case_id, EventKind::answered, opinion("not_supported"));
  must(speaker(), receipt.case_id, EventKind::review_requested, {{"words", "不服"}});
  EXPECT_EQ(file(receipt.case_id).review_unit, housing_);  // the town's parent
  EXPECT_NE(refused(town, receipt.case_id, EventKind::review_answered, review_opinion()),
            "allowed");
  must(handler(), receipt.case_id, EventKind::review_answered, review_opinion());
  must(speaker(), receipt.case_id, EventKind::recheck_requested, {{"words", "还是不服"}});
  EXPECT_EQ(file(receipt.case_id).review_unit, county_.petition_office);
  must(as(Role::handler, county_.petition_office), receipt.case_id, EventKind::recheck_answered,
       review_opinion());
  must(as(Role::system), receipt.case_id, EventKind::concluded);
  EXPECT_EQ(file(receipt.case_id).state, State::concluded);
}

TEST_F(AfterTheAnswer, AReviewThatChangedTheAnswerIsHandledAgainAndNotClosedAway) {
  const CaseId id = received().case_id;
  answer(id);
  must(speaker(), id, EventKind::review_requested, {{"words", "不服"}});
  const UnitId next_higher = file(id).review_unit;
  const auto reviewer = [&] { return as(Role::handler, next_higher); };
  must(reviewer(), id, EventKind::review_answered, review_opinion("revoked"));
  EXPECT_EQ(waiting_for(file(id)), (std::vector<Waiting>{{county_.petition_office, Part::review}}));
  EXPECT_NE(next_due(file(id)), nullptr);
  pass_days(60);
  EXPECT_EQ(refused(dispatcher(), id, EventKind::closed, {{"because", "window_over"}}),
            "cases.review_not_carried_out");
  must(reviewer(), id, EventKind::reopened, {{"reason", "事实没有查清"}});
  EXPECT_EQ(waiting_for(file(id)), (std::vector<Waiting>{{housing_, Part::lead}}));
  must(handler(), id, EventKind::answered, opinion());
  // The new answer is an answer like the first: it may be reviewed, by the same next higher body.
  must(speaker(), id, EventKind::review_requested, {{"words", "还是不服"}});
  must(reviewer(), id, EventKind::review_answered, review_opinion("upheld"));
  EXPECT_EQ(refused(reviewer(), id, EventKind::reopened, {{"reason", "再办"}}),
            "cases.review_upheld_it");
  must(speaker(), id, EventKind::recheck_requested, {{"words", "还是不服"}});
  must(as(Role::handler, file(id).review_unit), id, EventKind::recheck_answered,
       review_opinion("changed"));
  EXPECT_EQ(refused(reviewer(), id, EventKind::reopened, {{"reason", "再办"}}),
            "cases.step_not_open");
  must(as(Role::system), id, EventKind::concluded);
}

TEST_F(AfterTheAnswer, WhatWasSaidOfTheOldAnswerSaysNothingOfTheNext) {
  for (const EventKind again : {EventKind::reopened, EventKind::sent_back}) {
    SCOPED_TRACE(std::string(name(again)));
    const CaseId id = received(again == EventKind::reopened ? 1 : 2).case_id;
    answer(id);
    must(speaker(), id, EventKind::rated, {{"solved", "yes"}, {"satisfaction", "satisfied"}});
    if (again == EventKind::reopened) {
      must(caller(), id, EventKind::callback_done, {{"reached", "yes"}, {"solved", "no"}});
      must(dispatcher(), id, again, {{"reason", "没有修好"}});
    } else {
      must(dispatcher(), id, again, {{"way", "rehandle"}, {"reason", "没有修好"}});
    }
    EXPECT_FALSE(file(id).solved);
    EXPECT_FALSE(file(id).satisfaction);
    EXPECT_FALSE(file(id).rated_at);
    must(handler(), id, EventKind::answered, opinion());
    pass_days(40);
    EXPECT_EQ(refused(dispatcher(), id, EventKind::closed, {{"because", "window_over"}}),
              "cases.not_asked_yet");
  }
}

TEST_F(AfterTheAnswer, AnAgreementThatWasPerformedClosesBeforeTheWindowIsOver) {
  const CaseId id = received().case_id;
  const Fields performed{{"because", "agreement_performed"}};
  const Fields with_consent{{"because", "agreement_performed"}, {"speaker_agrees", "yes"}};
  must(dispatcher(), id, EventKind::transferred, to(housing_));
  must(handler(), id, EventKind::signed_in);
  must(handler(), id, EventKind::accepted);
  must(handler(), id, EventKind::mediation_started, {{"both_agree", "yes"}});
  must(handler(), id, EventKind::settled, {{"agreement", "赔付并修复"}});
  must(handler(), id, EventKind::answered, opinion());
  EXPECT_EQ(refused(dispatcher(), id, EventKind::closed, with_consent),
            "cases.agreement_not_confirmed");
  must(caller(), id, EventKind::callback_done, {{"reached", "yes"}, {"solved", "yes"}});
  EXPECT_EQ(refused(dispatcher(), id, EventKind::closed, {{"because", "window_over"}}),
            "cases.speaker_still_has_time");
  EXPECT_EQ(refused(dispatcher(), id, EventKind::closed, performed), "cases.field_missing");
  must(dispatcher(), id, EventKind::closed, with_consent);
  for (const RunningClock& clock : file(id).clocks) EXPECT_FALSE(clock.runs()) << clock.rule;
}

TEST_F(AfterTheAnswer, WithoutAnAgreementNobodyClosesBeforeTheWindowIsOver) {
  const CaseId id = received().case_id;
  answer(id);
  must(caller(), id, EventKind::callback_done, {{"reached", "yes"}, {"solved", "yes"}});
  EXPECT_EQ(refused(dispatcher(), id, EventKind::closed,
                    {{"because", "agreement_performed"}, {"speaker_agrees", "yes"}}),
            "cases.no_agreement");
}

TEST_F(AfterTheAnswer, AStepLiesBetweenTheCasesBeginningAndNow) {
  const CaseId id = received().case_id;
  const Instant received_at = now_;
  pass_days(2);
  const auto taken_at = [&](Instant when) {
    Step step;
    step.kind = EventKind::triaged;
    step.happened_at = when;
    const auto event =
        database_->write([&](Transaction& t) { return take_step(t, dispatcher(), id, step); });
    return event ? std::string("taken") : event.error().key;
  };
  EXPECT_EQ(taken_at({received_at.unix_ms - 1}), "cases.before_it_was_received");
  EXPECT_EQ(taken_at({now_.unix_ms + 1}), "cases.in_the_future");
  EXPECT_EQ(taken_at(received_at), "taken");
  // A wall clock that is set back keeps nobody from a step.
  now_ = {received_at.unix_ms - 3'600'000};
  must(dispatcher(), id, EventKind::triaged);
  EXPECT_GE(file(id).changed_at, received_at);
}

TEST_F(AfterTheAnswer, AfterTheWindowNoReviewCanBeAsked) {
  const Receipt receipt = received();
  answer(receipt.case_id);
  pass_days(35);
  EXPECT_EQ(refused(speaker(), receipt.case_id, EventKind::review_requested, {{"words", "不服"}}),
            "cases.review_window_over");
}

TEST_F(AfterTheAnswer, NobodyCallsBackAboutTheirOwnAnswer) {
  const CaseId id = received().case_id;
  must(dispatcher(), id, EventKind::answered_on_spot,
       {{"public_answer", "路灯当天修好了。"}, {"outcome", "supported"}});
  must(dispatcher(), id, EventKind::reopened, {{"reason", "当晚又不亮了"}});
  must(as(Role::handler, county_.petition_office), id, EventKind::answered, opinion());
  EXPECT_EQ(refused(caller(), id, EventKind::callback_attempted), "cases.own_answer");
  EXPECT_EQ(
      refused(caller(), id, EventKind::callback_done, {{"reached", "yes"}, {"solved", "yes"}}),
      "cases.own_answer");
  EXPECT_EQ(refused(dispatcher(), id, EventKind::closed, {{"because", "window_over"}}),
            "cases.speaker_still_has_time");
  pass_days(40);
  must(dispatcher(), id, EventKind::closed, {{"because", "window_over"}});
}

}  // namespace
}  // namespace minhu::cases
