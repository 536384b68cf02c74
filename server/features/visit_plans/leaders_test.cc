// A county's secretary or head usually sits in no unit: planned, announced and kept away like
// anybody.
#include "features/visit_plans/leaders.h"

#include <algorithm>

#include "features/accounts/interests.h"
#include "features/visit_plans/test_plans.h"
#include "kernel/utf8.h"

namespace minhu::visit_plans {
namespace {

class Leaders : public PlansWorld {
 protected:
  void SetUp() override {
    two_years_of_words();
    ASSERT_EQ(frozen(maker(), "2026-12"), "frozen");
    secretary_ = official("shuji", "林书记", Role::leader, {});
  }

  accounts::Ground ground() { return {*database_, county_.region, entropy_, hasher_, {}}; }
  std::vector<PossibleLeader> possible() {
    return database_->read(
        [&](Reading& reading) { return possible_leaders(reading, county_.region, now_); });
  }
  PossibleLeader the_secretary() { return possible().front(); }
  PossibleLeader shown_of(accounts::AccountId id) {
    for (PossibleLeader& one : possible()) {
      if (one.account == id) return one;
    }
    throw std::runtime_error("cannot be sent");
  }
  void post_of_their_unit(const char* post) {
    write([&](Transaction& t) {
      auto government = *places_and_units::find_unit(t, county_.region, government_);
      government.leader_post = post;
      places_and_units::put_unit(t, county_.region, government);
    });
  }
  // The five days of `order`, as the secretary has them.
  Order of_the_secretary() {
    Order made = order();
    made.leaders[0].account = secretary_;
    made.leaders[0].post = "县委书记";
    made.leaders[0].portfolio = "县委全面工作";
    made.leaders[0].rank = visits::Rank::county_head;
    return made;
  }
  // The key, and what the sentence is told.
  std::string refused(const Order& made) {
    const auto draft = database_->read(
        [&](Reading& reading) { return begin_draft(reading, maker(), "2026-12", made); });
    if (draft) return "drafted";
    std::string said = draft.error().key;
    for (const auto& [name, value] : draft.error().details) said += " " + name + "=" + value;
    return said;
  }
  // By day and hour.
  std::vector<PlanStop> visited() {
    std::vector<PlanStop> all = plan().stops;
    std::erase_if(all, [](const PlanStop& one) { return one.outcome != StopOutcome::visited; });
    std::sort(all.begin(), all.end(), [](const PlanStop& a, const PlanStop& b) {
      return std::pair(*a.date, a.from) < std::pair(*b.date, b.from);
    });
    return all;
  }
  int number_of(const PlanStop& stop) {
    for (int number = 0; number < 12; ++number) {
      if (village(number) == stop.place) return number;
    }
    throw std::runtime_error("no such village");
  }
  visits::Visit visit_of(const PlanStop& stop) {
    return database_->read(
        [&](Reading& reading) { return *visits::visit(reading, county_.region, stop.visit); });
  }
  std::string stepped(visits::VisitId id, visits::EventKind kind,
                      std::map<std::string, std::string, std::less<>> fields = {}) {
    visits::Step step;
    step.kind = kind;
    step.fields = std::move(fields);
    if (kind == visits::EventKind::published || kind == visits::EventKind::rescheduled) {
      step.postings = {{"board", "村口公告栏", "照片已存", ""},
                       {"broadcast", "村广播", "播三天", ""},
                       {"web", "县政府网站", "公示栏", ""}};
    }
    const auto done =
        database_->write([&](Transaction& t) { return visits::take_step(t, maker(), id, step); });
    return done ? "taken" : done.error().key + " " + done.error().field;
  }
  void publish(visits::VisitId id) {
    ASSERT_EQ(stepped(id, visits::EventKind::revised, {{"accessibility", "一楼"}}), "taken");
    ASSERT_EQ(stepped(id, visits::EventKind::published), "taken");
  }

  accounts::PasswordHasher hasher_;
  accounts::AccountId secretary_;
};

TEST_F(Leaders, WhoSitsInNoUnitCanBeSentAndTheirPostIsAskedFor) {
  official("auditor", "审计", Role::auditor, {});
  const auto all = possible();
  ASSERT_EQ(all.size(), 2U) << "nobody who leads nothing";
  EXPECT_EQ(all[0].account, secretary_);
  EXPECT_EQ(all[0].shown.name, "林书记");
  EXPECT_EQ(all[0].shown.post, "");
  EXPECT_TRUE(all[0].post_is_asked);
  EXPECT_EQ(all[1].account, leader_);
  EXPECT_FALSE(all[1].in_no_unit);
  EXPECT_EQ(all[1].shown.post, "") << "the register of units has no post for theirs";
  EXPECT_TRUE(all[1].post_is_asked);
  post_of_their_unit("县长");
  EXPECT_EQ(possible()[1].shown.post, "县长");
  EXPECT_FALSE(possible()[1].post_is_asked);
}

TEST_F(Leaders, OfSeveralLeadersOfOneUnitNobodyGetsThePostOfItsHead) {
  post_of_their_unit("县长");
  const auto colleague = official("qian", "钱副县长", Role::leader, government_);
  for (const accounts::AccountId one : {leader_, colleague}) {
    EXPECT_EQ(shown_of(one).shown.post, "");
    EXPECT_TRUE(shown_of(one).post_is_asked);
  }
  Order made = order();
  made.leaders[0].account = colleague;
  made.leaders[0].post.clear();
  EXPECT_EQ(refused(made), "plans.post_missing leader=钱副县长");
  made.leaders[0].post = "副县长";
  made.leaders[0].portfolio = "农业农村";
  made.leaders[0].rank = visits::Rank::county_head;
  ASSERT_EQ(drafted(made), "version 1");
  // The plan of the month knows it, and then whoever was told of a visit.
  made.leaders[0].post.clear();
  made.leaders[0].portfolio.clear();
  made.leaders[0].rank.reset();
  ASSERT_EQ(drafted(made), "version 2");
  ASSERT_EQ(accepted(2).find("plans."), std::string::npos);
  const visits::Leader as_told{"钱副县长", "副县长", "农业农村", visits::Rank::county_head};
  EXPECT_EQ(visit_of(visited().front()).leader, as_told);
  publish(visited().front().visit);
  EXPECT_EQ(shown_of(colleague).shown, as_told);
  EXPECT_EQ(shown_of(leader_).shown.post, "");
}

TEST_F(Leaders, TheRankOfWhoLeadsAUnitAloneIsRememberedAndItsPostIsThatOfTheUnit) {
  post_of_their_unit("副县长");
  Order made = order();
  made.leaders[0].post.clear();
  made.leaders[0].rank = visits::Rank::county_head;
  ASSERT_EQ(drafted(made), "version 1");
  ASSERT_EQ(accepted(1).find("plans."), std::string::npos);
  publish(visited().front().visit);
  post_of_their_unit("常务副县长");
  EXPECT_EQ(shown_of(leader_).shown.post, "常务副县长");
  EXPECT_EQ(shown_of(leader_).shown.rank, visits::Rank::county_head);
  // Whoever leads no county is not taken for one who does.
  const auto head = official("ju", "孙局长", Role::clerk, water_);
  write([&](Transaction& t) {
    ASSERT_TRUE(accounts::appoint_leader(t, ground(), {}, head, water_, "局长", now_));
  });
  EXPECT_EQ(shown_of(head).shown.rank, visits::Rank::department_head);
}

TEST_F(Leaders, WhatLanguagesSomebodySpeaksIsRememberedUntilItIsSaidOtherwise) {
  Order made = order();
  made.leaders[0].languages = {{"畲语", "手语"}};
  ASSERT_EQ(drafted(made), "version 1");
  made.leaders[0].languages.reset();
  ASSERT_EQ(drafted(made), "version 2");
  const std::vector<std::string> both{"畲语", "手语"};
  EXPECT_EQ(languages_of(plan()).at(leader_), both);
  const auto remembered = [&](const char* month) {
    return database_->read([&](Reading& reading) {
      return languages_remembered(reading, county_.region, month)[leader_];
    });
  };
  EXPECT_EQ(remembered("2026-12"), both);
  EXPECT_EQ(remembered("2027-01"), both);
  EXPECT_EQ(remembered("2026-11"), std::vector<std::string>());
  made.leaders[0].languages.emplace();
  ASSERT_EQ(drafted(made), "version 3");
  EXPECT_EQ(remembered("2027-01"), std::vector<std::string>()) << "what is emptied stays empty";
}

TEST_F(Leaders, WithoutAPostNothingIsPlannedAndTheRefusalSaysWhatIsMissing) {
  Order made = of_the_secretary();
  made.leaders[0].post = " 　";
  EXPECT_EQ(refused(made), "plans.post_missing leader=林书记");
  made = of_the_secretary();
  made.leaders[0].portfolio.clear();
  EXPECT_EQ(refused(made), "plans.portfolio_missing leader=林书记");
  made.leaders[0].portfolio = "县委全面工作，电话13812345678";
  EXPECT_EQ(refused(made), "visits.personal_details field=leader_portfolio");
  made = of_the_secretary();
  made.leaders[0].post.clear();
  for (int i = 0; i < 61; ++i) made.leaders[0].post += "长";
  EXPECT_EQ(refused(made), "visits.too_long most=60");
  // What the register says they are in charge of is their portfolio.
  write([&](Transaction& t) {
    ASSERT_TRUE(accounts::appoint_leader(t, ground(), {}, secretary_, water_, "分工", now_));
  });
  made = of_the_secretary();
  made.leaders[0].portfolio.clear();
  ASSERT_EQ(drafted(made), "version 1");
  EXPECT_EQ(plan().leaders[0].portfolio, "县水利局");
}

TEST_F(Leaders, WhoSitsInNoUnitIsPlannedAnnouncedAndRememberedInTheNextMonth) {
  ASSERT_EQ(drafted(of_the_secretary()), "version 1");
  // The plan of the month knows it from then on.
  Order again = of_the_secretary();
  again.leaders[0].post.clear();
  again.leaders[0].portfolio.clear();
  again.leaders[0].rank.reset();
  ASSERT_EQ(drafted(again), "version 2");
  ASSERT_EQ(accepted(2).find("plans."), std::string::npos);
  const PlanStop first = visited().front();
  const visits::Visit planned = visit_of(first);
  const visits::Leader as_told{"林书记", "县委书记", "县委全面工作", visits::Rank::county_head};
  EXPECT_EQ(planned.leader, as_told);
  EXPECT_EQ(the_secretary().shown.post, "") << "nobody was told yet";
  publish(first.visit);
  EXPECT_EQ(the_secretary().shown, as_told);
  EXPECT_TRUE(the_secretary().post_is_asked);
  // What was put right before it was announced is what is remembered.
  const PlanStop second = visited().back();
  ASSERT_NE(second.place, first.place);
  ASSERT_EQ(stepped(second.visit, visits::EventKind::revised,
                    {{"leader_post", "县委书记、人武部第一书记"}}),
            "taken");
  publish(second.visit);
  EXPECT_EQ(the_secretary().shown.post, "县委书记、人武部第一书记");
  ASSERT_EQ(frozen(maker(), "2027-01"), "frozen");
  Order january = again;
  january.leaders[0].dates = {*parse_date("2027-01-06"), *parse_date("2027-01-07")};
  ASSERT_EQ(drafted(january, "2027-01"), "version 1");
  EXPECT_EQ(plan("2027-01").leaders[0].post, "县委书记、人武部第一书记");
  EXPECT_EQ(plan("2027-01").leaders[0].rank, "county_head");
}

TEST_F(Leaders, OfTwoWithOneNameNothingIsRemembered) {
  ASSERT_EQ(drafted(of_the_secretary()), "version 1");
  ASSERT_EQ(accepted(1).find("plans."), std::string::npos);
  publish(visited().front().visit);
  ASSERT_EQ(the_secretary().shown.post, "县委书记");
  official("tongming", "林　书记", Role::leader, {});
  EXPECT_EQ(the_secretary().shown.post, "");
}

TEST_F(Leaders, WhoSitsInNoUnitIsReplacedByNobodyOfALowerRank) {
  ASSERT_EQ(drafted(of_the_secretary()), "version 1");
  ASSERT_EQ(accepted(1).find("plans."), std::string::npos);
  const PlanStop stop = visited().front();
  publish(stop.visit);
  std::map<std::string, std::string, std::less<>> substitute{
      {"reason", "出差"},        {"instead", "substitute"},    {"leader_name", "周副县长"},
      {"leader_post", "副县长"}, {"leader_portfolio", "水利"}, {"leader_rank", "county_deputy"}};
  EXPECT_EQ(stepped(stop.visit, visits::EventKind::rescheduled, substitute),
            "visits.substitute_rank leader_rank");
  substitute["leader_rank"] = "county_head";
  EXPECT_EQ(stepped(stop.visit, visits::EventKind::rescheduled, substitute), "taken");
}

TEST_F(Leaders, WhoSitsInNoUnitIsNotSentWhereTheyAreAccusedOrCloseToWhoIs) {
  ASSERT_EQ(drafted(of_the_secretary()), "version 1");
  const auto before = visited();
  ASSERT_GE(before.size(), 3U);
  const int accused = number_of(before[0]);
  told(accused, "minhu:02", {{"accused_person", secretary_.text()}});
  const auto refusal = database_->write(
      [&](Transaction& t) { return accept_plan(t, county_leader(), "2026-12", 1); });
  ASSERT_FALSE(refusal);
  EXPECT_EQ(refusal.error().key, "plans.cannot_be_sent");
  // A tie that they declared, and one that somebody declared to them.
  const int close = number_of(before[1]);
  told(close, "minhu:02", {{"complained_of", housing_.text()}});
  accounts::Interest tie;
  tie.account = secretary_;
  tie.unit = housing_;
  tie.tie = accounts::Tie::kin;
  tie.declared_by = secretary_;
  write([&](Transaction& t) { ASSERT_TRUE(accounts::declare_interest(t, ground(), tie, now_)); });
  const auto kin = official("kin", "林主任", Role::unit_head, water_);
  accounts::Interest to_them;
  to_them.account = kin;
  to_them.person = secretary_;
  to_them.tie = accounts::Tie::kin;
  to_them.declared_by = kin;
  write(
      [&](Transaction& t) { ASSERT_TRUE(accounts::declare_interest(t, ground(), to_them, now_)); });
  const auto nobody_to = [&](const Order& made, const char* version, int number) {
    EXPECT_EQ(drafted(made), version);
    return stop(plan(), number).reasons.front().key == "plans.out_nobody";
  };
  EXPECT_TRUE(nobody_to(of_the_secretary(), "version 2", accused));
  EXPECT_TRUE(nobody_to(of_the_secretary(), "version 3", close));
  Order of_kin = order();
  of_kin.leaders[0].account = kin;
  EXPECT_TRUE(nobody_to(of_kin, "version 4", accused));
  EXPECT_FALSE(nobody_to(of_kin, "version 5", close));
  // By hand neither, however the name is written.
  visits::Planned by_hand;
  by_hand.form = visits::Form::going_down;
  by_hand.unit = county_.petition_office;
  by_hand.leader = {"林 书　记", "县委书记", "县委全面工作", visits::Rank::county_head};
  by_hand.place = village(accused);
  by_hand.begins = *parse_instant("2026-12-09 09:00");
  by_hand.ends = *parse_instant("2026-12-09 11:00");
  const auto made = database_->write(
      [&](Transaction& t) { return visits::plan(t, maker(), by_hand, cases::ClientToken{9}); });
  ASSERT_FALSE(made);
  EXPECT_EQ(made.error().key, "visits.cannot_be_sent");
}

TEST_F(Leaders, ANewPostGoesIntoVisitsThatNobodyWasToldOfAndLeavesWhatTheOfficePutRight) {
  ASSERT_EQ(drafted(of_the_secretary()), "version 1");
  ASSERT_EQ(accepted(1).find("plans."), std::string::npos);
  const PlanStop stop = visited().front();
  ASSERT_EQ(stepped(stop.visit, visits::EventKind::revised, {{"leader_post", "县委书记（兼）"}}),
            "taken");
  ASSERT_EQ(drafted(of_the_secretary()), "version 2");
  ASSERT_EQ(accepted(2).find("plans."), std::string::npos);
  EXPECT_EQ(visit_of(stop).leader.post, "县委书记（兼）") << "the plan says nothing new";
  Order promoted = of_the_secretary();
  promoted.leaders[0].post = "市委常委、县委书记";
  ASSERT_EQ(drafted(promoted), "version 3");
  ASSERT_EQ(accepted(3).find("plans."), std::string::npos);
  for (const PlanStop& one : visited()) {
    EXPECT_EQ(visit_of(one).leader.post, "市委常委、县委书记");
  }
}

TEST_F(Leaders, WhoeverIsInChargeOfManyUnitsHasAPortfolioThatANoticeHasRoomFor) {
  for (int i = 0; i < 20; ++i) {
    const std::string code = "bureau" + std::to_string(i);
    const std::string title = "县某某管理服务中心" + std::to_string(10 + i);
    const UnitId made = unit(code.c_str(), title.c_str(), {}, places_and_units::UnitLevel::county);
    write([&](Transaction& t) {
      ASSERT_TRUE(accounts::appoint_leader(t, ground(), {}, leader_, made, "分工", now_));
    });
  }
  ASSERT_EQ(drafted(order()), "version 1");
  const std::string portfolio = plan().leaders[0].portfolio;
  EXPECT_LE(code_points(portfolio), 120U);
  EXPECT_TRUE(portfolio.ends_with("等20个单位")) << portfolio;
  EXPECT_EQ(accepted(1).find("visits."), std::string::npos);
}

}  // namespace
}  // namespace minhu::visit_plans
