// What each step refuses, and whom.
#include "features/accounts/permissions.h"
#include "features/classes/test_classes.h"

namespace minhu::classes {
namespace {

class Steps : public ClassesWorld {
 protected:
  std::string refused_field(const Context& context, ClassId id, EventKind kind, Fields fields) {
    const auto file = take(context, id, kind, std::move(fields));
    return file ? "taken" : file.error().key + " " + file.error().field;
  }
};

TEST(TheTable, NamesARealPermissionForEachStepAndLeadsEverywhere) {
  States reached{State::detected};
  for (const Edge& edge : edges()) {
    EXPECT_TRUE(accounts::is_permission(edge.permission)) << name(edge.kind);
    EXPECT_FALSE(edge.basis.empty()) << name(edge.kind);
    EXPECT_FALSE(edge.from.empty()) << name(edge.kind);
    if (edge.to) reached = reached | States{*edge.to};
  }
  for (int state = 0; state <= static_cast<int>(State::relapsed); ++state) {
    EXPECT_TRUE(reached.has(static_cast<State>(state))) << name(static_cast<State>(state));
  }
}

TEST(TheTable, HasOneEdgeForAKindAndAState) {
  for (const Edge& edge : edges()) {
    for (int state = 0; state <= static_cast<int>(State::relapsed); ++state) {
      const auto from = static_cast<State>(state);
      if (!edge.from.has(from)) continue;
      EXPECT_EQ(open_edge(edge.kind, from), &edge) << name(edge.kind);
    }
  }
}

TEST_F(Steps, EachIsTakenByItsOwnPostAlone) {
  const ClassId id = proposed().id;
  for (const Context& context : {leader(), treater(), judge(), handler(), as(Role::auditor)}) {
    EXPECT_EQ(told(context, id, EventKind::screened, four_tests()), "classes.not_allowed");
  }
  must_take(proposer(), id, EventKind::screened, four_tests());
  for (const Context& context : {proposer(), treater(), judge()}) {
    EXPECT_EQ(told(context, id, EventKind::selected, selection()), "classes.not_allowed");
  }
  must_take(leader(), id, EventKind::selected, selection());
  const Fields cause{{"cause", "money"}, {"text", "没有列入预算。"}};
  for (const Context& context : {proposer(), leader(), supporter(), judge()}) {
    EXPECT_EQ(told(context, id, EventKind::cause_found, cause), "classes.not_allowed");
  }
  must_take(treater(), id, EventKind::cause_found, cause);
  // What the program alone does, nobody does by hand.
  for (const Context& context : {proposer(), leader(), treater(), judge()}) {
    EXPECT_EQ(told(context, id, EventKind::relapsed), "classes.not_allowed");
  }
}

TEST_F(Steps, ALeaderMaySendItBackAndItIsScreenedAgain) {
  const ClassId id = proposed().id;
  must_take(proposer(), id, EventKind::screened, four_tests());
  EXPECT_EQ(refused_field(leader(), id, EventKind::returned, {}), "classes.field_missing reason");
  must_take(leader(), id, EventKind::returned, {{"reason", "先查清几个村有。"}});
  EXPECT_EQ(now_of(id).state, State::proposed);
  EXPECT_EQ(told(leader(), id, EventKind::selected, selection()), "classes.step_not_open");
}

TEST_F(Steps, SayWhichFieldIsWrong) {
  const ClassId id = proposed().id;
  Fields tests = four_tests();
  tests["large_reach"] = "4";
  EXPECT_EQ(refused_field(proposer(), id, EventKind::screened, tests),
            "classes.field_wrong large_reach");
  tests = four_tests();
  tests["who"] = "x";
  EXPECT_EQ(refused_field(proposer(), id, EventKind::screened, tests), "classes.field_unknown who");
  tests = four_tests();
  tests["large_reach_evidence"] = "联系人电话13812345678";
  EXPECT_EQ(refused_field(proposer(), id, EventKind::screened, tests),
            "classes.personal_details large_reach_evidence");
  must_take(proposer(), id, EventKind::screened, four_tests());
  for (const auto& [field, value] : std::map<std::string, std::string>{
           {"lead_unit", "x"}, {"supporting_units", "x y"}, {"theme", "2024-13"}}) {
    Fields fields = selection();
    fields[field] = value;
    EXPECT_EQ(refused_field(leader(), id, EventKind::selected, fields),
              "classes.field_wrong " + field);
  }
}

TEST_F(Steps, ALinkIsAnAddressAndNothingThatABrowserRuns) {
  const Edge* edge = open_edge(EventKind::institutionalised, State::verified);
  ASSERT_NE(edge, nullptr);
  EXPECT_EQ(edge->fields[2].form, Form::link);
  const ClassId id = proposed().id;
  treat(id);
  EXPECT_EQ(told(treater(), id, EventKind::institutionalised), "classes.step_not_open");
}

TEST_F(Steps, APlanNeedsAMeasureAndAThresholdThatMeansSomething) {
  for (int month = 0; month < 13; ++month) a_month(4);
  const ClassId id = proposed().id;
  must_take(proposer(), id, EventKind::screened, four_tests());
  must_take(leader(), id, EventKind::selected, selection());
  must_take(treater(), id, EventKind::cause_found,
            {{"cause", "money"}, {"text", "没有列入预算。"}});
  const Fields plan{{"plan", "分两期。"}, {"threshold", "2"}};
  EXPECT_EQ(told(treater(), id, EventKind::plan_published, plan), "classes.no_measure");
  must_take(
      treater(), id, EventKind::measure_planned,
      {{"text", "换管"}, {"unit", housing_.text()}, {"due", "2025-06-30"}, {"moves", "件数"}});
  // Four a month came: more than two is more than half.
  EXPECT_EQ(refused_field(treater(), id, EventKind::plan_published,
                          {{"plan", "分两期。"}, {"threshold", "3"}}),
            "classes.threshold_too_high threshold");
  must_take(treater(), id, EventKind::plan_published, plan);
  EXPECT_EQ(
      refused_field(treater(), id, EventKind::treatment_begun, {{"treated_on", "2031-01-01"}}),
      "classes.in_the_future treated_on");
  // A measure is reported on by the unit that has it, or the one that leads.
  const Fields done{{"measure", "1"}, {"done_on", "2025-01-15"}, {"report", "换完。"}};
  EXPECT_EQ(told(supporter(), id, EventKind::measure_done, done), "taken");
  EXPECT_EQ(refused_field(treater(), id, EventKind::measure_done,
                          {{"measure", "2"}, {"done_on", "2025-01-15"}, {"report", "换完。"}}),
            "classes.field_wrong measure");
}

TEST_F(Steps, CasesThatComeInMeanwhileAreNoConflictButAStepIs) {
  const ClassId id = proposed().id;
  const std::int64_t read = now_of(id).seq;
  EXPECT_EQ(linked(dispatcher(), id, reported()), "done");
  Step step;
  step.kind = EventKind::screened;
  step.fields = four_tests();
  step.expected_seq = read;
  const auto send = [&] {
    return said(database_->write(
        [&](Transaction& t) { return take_step(t, proposer(), matching_, id, step); }));
  };
  EXPECT_EQ(send(), "done");
  EXPECT_EQ(send(), "classes.changed_meanwhile");
}

TEST_F(Steps, TheSameTokenIsTheSameStep) {
  const ClassId id = proposed().id;
  EXPECT_EQ(try_propose(proposer(), pipes())->id, id);
  Step step;
  step.kind = EventKind::screened;
  step.fields = four_tests();
  step.token = cases::ClientToken{5};
  for (int i = 0; i < 2; ++i) {
    EXPECT_TRUE(database_->write(
        [&](Transaction& t) { return take_step(t, proposer(), matching_, id, step); }));
  }
  EXPECT_EQ(now_of(id).seq, 2);
}

TEST_F(Steps, AreNumberedByYear) {
  EXPECT_EQ(proposed().number, "2024-001");
  EXPECT_EQ(try_propose(proposer(), pipes(), 2)->number, "2024-002");
  now_ = *parse_instant("2025-03-01 09:00");
  EXPECT_EQ(try_propose(proposer(), pipes(), 3)->number, "2025-001");
}

TEST_F(Steps, WhatIsOpenSaysWhatHindersIt) {
  const CaseId open = reported();
  const ClassId id = proposed({open}).id;
  treat(id);
  for (int month = 0; month < 2; ++month) a_month(0);
  must_take(proposer(), id, EventKind::measured);
  const auto steps = database_->read([&](Reading& reading) {
    return open_steps(reading, judge(), *load_class(reading, county_.region, id));
  });
  const auto verified = std::find_if(steps.begin(), steps.end(), [](const OpenStep& step) {
    return step.edge->kind == EventKind::verified;
  });
  ASSERT_NE(verified, steps.end());
  ASSERT_TRUE(verified->hindered);
  EXPECT_EQ(verified->hindered->key, "classes.cases_open");
  answer_now(open);
  EXPECT_EQ(told(judge(), id, EventKind::verified, {{"reason", "看了"}}), "classes.not_fewer");
}

}  // namespace
}  // namespace minhu::classes
