// One matter, many voices: whoever's case goes on inside another keeps a receipt, a date, an answer
// and steps of their own, whatever becomes of the case it went into.
#include <gtest/gtest.h>

#include "features/cases/clocks.h"
#include "features/cases/guard.h"
#include "features/cases/rebuild.h"
#include "features/cases/test_world.h"

namespace minhu::cases {
namespace {

class Merging : public World {
 protected:
  void TearDown() override {
    const Rebuilt rebuilt = rebuild(*database_, county_.region, OnDifference::report);
    EXPECT_TRUE(rebuilt.different.empty());
    EXPECT_EQ(rebuilt.stray_queue_entries, 0);
  }
  void merge(CaseId member, CaseId into) {
    must(dispatcher(), member, EventKind::merged, {{"into", into.text()}});
  }
  // The member is again somebody's, with a date of our own.
  void expect_to_be_sent_again(CaseId member) {
    const CaseFile now = file(member);
    EXPECT_EQ(now.state, State::triaged);
    EXPECT_TRUE(now.merged_into.empty());
    EXPECT_EQ(waiting_for(now), (std::vector<Waiting>{{county_.petition_office, Part::dispatch}}));
    EXPECT_NE(next_due(now), nullptr);
    must(dispatcher(), member, EventKind::transferred, to(water_));
  }
  void sign_in(CaseId id) {
    must(dispatcher(), id, EventKind::transferred, to(housing_));
    must(handler(), id, EventKind::signed_in);
  }
  static Fields refusal() {
    return {{"reason", "不属于本机关"}, {"law", "信访工作条例"}, {"other_road", "向法院起诉"}};
  }
  static Fields road() {
    return {{"road", "litigation"},
            {"law", "行政诉讼法"},
            {"body", "县人民法院"},
            {"speakers_own_limit", "六个月"}};
  }
};

TEST_F(Merging, WhenTheOtherCaseEndsWithoutAnAnswerNobodyIsLeftBehind) {
  struct Ending {
    EventKind kind;
    Context who;
    Fields fields;
  };
  const Ending endings[] = {
      {EventKind::withdrawn, speaker(), {}},
      {EventKind::sent_to_legal_road, dispatcher(), road()},
      {EventKind::sent_to_emergency, dispatcher(), {{"line", "110"}, {"reason", "有人受伤"}}},
      {EventKind::not_accepted, dispatcher(), refusal()},
      {EventKind::closed_to_repeat, dispatcher(), refusal()},
      {EventKind::voided, dispatcher(), {{"reason", "录入有误"}}},
      {EventKind::held, dispatcher(), {}},
  };
  std::uint8_t token = 0;
  for (const Ending& ending : endings) {
    SCOPED_TRACE(std::string(name(ending.kind)));
    const CaseId lead = received(++token).case_id;
    const CaseId member = received(++token).case_id;
    merge(member, lead);
    must(ending.who, lead, ending.kind, ending.fields);
    expect_to_be_sent_again(member);
  }
}

TEST_F(Merging, AlsoWhenTheUnitItselfEndsIt) {
  const CaseId lead = received(1).case_id;
  const CaseId member = received(2).case_id;
  merge(member, lead);
  sign_in(lead);
  must(handler(), lead, EventKind::not_accepted, refusal());
  expect_to_be_sent_again(member);
}

TEST_F(Merging, WhyTheOtherCaseIsOverIsNotSaid) {
  const CaseId lead = received(1).case_id;
  const CaseId member = received(2).case_id;
  merge(member, lead);
  must(dispatcher(), lead, EventKind::held);
  database_->read_job([&](Reading& reading) {
    const auto events = load_events(reading, county_.region, member);
    EXPECT_EQ(events.back().kind, EventKind::taken_back);
    EXPECT_EQ(events.back().facts, (Facts{{"with", lead.text()}}));
  });
}

TEST_F(Merging, AnAnswerOnTheSpotIsEverybodysAnswer) {
  const CaseId lead = received(1).case_id;
  const CaseId member = received(2).case_id;
  merge(member, lead);
  must(dispatcher(), lead, EventKind::answered_on_spot,
       {{"public_answer", "今天已经修好。"}, {"outcome", "supported"}});
  EXPECT_EQ(file(member).state, State::answered);
}

TEST_F(Merging, TheOtherMayAddToUrgeAndWithdrawTheirOwn) {
  const CaseId lead = received(1).case_id;
  const CaseId member = received(2).case_id;
  merge(member, lead);
  must(speaker(), member, EventKind::supplemented, {{"words", "我家门口也漏。"}});
  must(speaker(), member, EventKind::urged);
  EXPECT_EQ(file(member).urged, 1);
  sign_in(lead);
  // The unit that has the matter reads what each of them said, in their own case.
  database_->read_job([&](Reading& reading) {
    const auto view = view_case(reading, handler(), lead);
    ASSERT_TRUE(view);
    ASSERT_EQ(view->joined.size(), 1U);
    EXPECT_EQ(view->joined[0].id, member);
    EXPECT_EQ(view->joined[0].urged, 1);
    EXPECT_EQ(view->joined[0].said.text, some_words(2).text);
    EXPECT_EQ(view->joined[0].added, (std::vector<std::string>{"我家门口也漏。"}));
    EXPECT_TRUE(view_case(reading, handler(), member));
    EXPECT_FALSE(view_case(reading, as(Role::handler, water_), member));
    // No speaker reads another's words.
    EXPECT_TRUE(view_case(reading, speaker(), lead)->joined.empty());
  });
  must(speaker(), member, EventKind::withdrawn);
  must(handler(), lead, EventKind::accepted);
  must(handler(), lead, EventKind::answered, opinion());
  EXPECT_EQ(file(member).state, State::withdrawn);
  database_->read_job([&](Reading& reading) {
    EXPECT_FALSE(view_case(reading, handler(), member)) << "no longer part of the matter";
  });
}

TEST_F(Merging, WhatWasMergedByMistakeIsTakenOutAndMayGoIntoAnother) {
  const CaseId first = received(1).case_id;
  const CaseId second = received(2).case_id;
  const CaseId member = received(3).case_id;
  merge(member, first);
  must(dispatcher(), member, EventKind::taken_back, {{"reason", "不是同一件事"}});
  merge(member, second);
  answer(first);
  EXPECT_EQ(file(member).state, State::merged);
  answer(second);
  EXPECT_EQ(file(member).state, State::answered);
}

TEST_F(Merging, NobodyIsMergedIntoACaseThatHasHadItsAnswer) {
  const CaseId lead = received(1).case_id;
  const CaseId member = received(2).case_id;
  answer(lead);
  must(speaker(), lead, EventKind::review_requested, {{"words", "不服"}});
  EXPECT_EQ(refused(dispatcher(), member, EventKind::merged, {{"into", lead.text()}}),
            "cases.not_found");
}

TEST_F(Merging, APausedDateIsAlsoMovedToTheEarlierOne) {
  const auto line = [&](std::uint8_t token) {
    Words words = some_words(token);
    words.track = Track::hotline;
    const CaseId id = receive_words(as(Role::anyone), words)->case_id;
    must(as(Role::dispatcher, county_.hotline_body), id, EventKind::dispatched, to(housing_));
    must(handler(), id, EventKind::signed_in);
    must(handler(), id, EventKind::accepted);
    return id;
  };
  const auto due = [&](CaseId id) {
    for (const RunningClock& clock : file(id).clocks) {
      if (clock.rule == "hotline-answer-5") return clock.due;
    }
    return Instant{};
  };
  const CaseId early = line(1);
  pass_days(3);
  const CaseId late = line(2);
  must(head(), late, EventKind::parked, {{"public_plan", "等材料"}, {"review_on", "2025-10-20"}});
  must(as(Role::dispatcher, county_.hotline_body), early, EventKind::merged,
       {{"into", late.text()}});
  EXPECT_EQ(due(late), due(early));
  for (const RunningClock& clock : file(late).clocks) {
    if (clock.rule != "hotline-answer-5") continue;
    const auto told = explain_clock(county_, clock, deadlines::Language::chinese);
    EXPECT_NE(told.find("按更早的期限"), std::string::npos) << told;
  }
}

TEST_F(Merging, AnAnswerThatIsSaidToBeOlderThanAMembersCaseIsServedToThemLater) {
  const CaseId lead = received(1).case_id;
  sign_in(lead);
  must(handler(), lead, EventKind::accepted);
  const Instant then = now_;
  pass_days(2);
  const CaseId member = received(2).case_id;
  merge(member, lead);
  Step typed_in_late;
  typed_in_late.kind = EventKind::answered;
  typed_in_late.fields = opinion();
  typed_in_late.happened_at = then;
  ASSERT_TRUE(database_->write(
      [&](Transaction& t) { return take_step(t, handler(), lead, typed_in_late); }));
  EXPECT_EQ(file(member).answered_at, now_);
}

}  // namespace
}  // namespace minhu::cases
