// A plan is accepted as things stand on that day, not as they stood when it was drawn up.
#include "features/accounts/delegation.h"
#include "features/accounts/interests.h"
#include "features/visit_plans/test_plans.h"

namespace minhu::visit_plans {
namespace {

class Acceptance : public PlansWorld {
 protected:
  void SetUp() override {
    two_years_of_words();
    ASSERT_EQ(frozen(maker(), "2026-12"), "frozen");
    ASSERT_EQ(drafted(order()), "version 1");
  }
  accounts::Ground ground() { return {*database_, county_.region, entropy_, hasher_, {}}; }

  Result<Accepted> try_accept(std::int64_t version = 1) {
    return database_->write(
        [&](Transaction& t) { return accept_plan(t, county_leader(), "2026-12", version); });
  }
  // The key, and what the sentence is told.
  std::string refused() {
    const auto done = try_accept();
    if (done) return "accepted";
    std::string said = done.error().key;
    for (const auto& [name, value] : done.error().details) said += " " + name + "=" + value;
    return said;
  }
  std::size_t visits_made() {
    return database_->read([&](Reading& reading) {
      return visits::between(reading, county_.region, now_, {now_.unix_ms + 90LL * 86'400'000})
          .size();
    });
  }
  // Not the first of the plan: those before it must not be left behind.
  PlanStop last_visited() {
    PlanStop last;
    for (const PlanStop& one : plan().stops) {
      if (one.outcome == StopOutcome::visited) last = one;
    }
    return last;
  }
  int number_of(const PlanStop& stop) {
    for (int number = 0; number < 12; ++number) {
      if (village(number) == stop.place) return number;
    }
    throw std::runtime_error("no such village");
  }
  std::string sentence_about(const PlanStop& stop, const std::string& key,
                             const std::string& languages = {}) {
    return key + " date=" + format_date(*stop.date) +
           (languages.empty() ? "" : " languages=" + languages) + " leader=周副县长 place=村" +
           std::to_string(number_of(stop));
  }

  accounts::PasswordHasher hasher_{accounts::nearly_free_for_tests};
};

TEST_F(Acceptance, RefusesAVisitToAVillageWhereSomebodyHasAccusedTheLeaderSince) {
  write([&](Transaction& t) {
    ASSERT_TRUE(accounts::appoint_leader(t, ground(), {}, leader_, water_, "分工", now_));
  });
  const PlanStop accusing = last_visited();
  told(number_of(accusing), "minhu:02", {{"complained_of", water_.text()}});
  EXPECT_EQ(refused(), sentence_about(accusing, "plans.cannot_be_sent"));
  EXPECT_EQ(visits_made(), 0U) << "nothing is accepted half";
  EXPECT_FALSE(plan().accepted_at);
  // Drawn up anew, the plan sends nobody there and can be accepted.
  EXPECT_EQ(drafted(order()), "version 2");
  EXPECT_TRUE(try_accept(2));
}

TEST_F(Acceptance, RefusesAVisitWhereTheLeaderHasDeclaredATieSince) {
  const PlanStop close = last_visited();
  told(number_of(close), "minhu:02", {{"complained_of", housing_.text()}});
  accounts::Interest tie;
  tie.account = leader_;
  tie.unit = housing_;
  tie.tie = accounts::Tie::kin;
  tie.declared_by = leader_;
  write([&](Transaction& t) { ASSERT_TRUE(accounts::declare_interest(t, ground(), tie, now_)); });
  EXPECT_EQ(refused(), sentence_about(close, "plans.cannot_be_sent"));
  EXPECT_EQ(visits_made(), 0U);
}

TEST_F(Acceptance, RefusesAVisitOnADayOnWhichAColleagueKeepsThePost) {
  const auto head = official("head", "胡局长", Role::unit_head, water_);
  const auto colleague = official("colleague", "水利局值班岗", Role::handler, water_);
  Order by_the_head = order();
  by_the_head.leaders[0].account = head;
  ASSERT_EQ(drafted(by_the_head), "version 2");
  const PlanStop away = last_visited();
  const auto account = database_->read(
      [&](Reading& reading) { return *accounts::find_account(reading, county_.region, head); });
  const auto given =
      accounts::delegate_post(ground(), account, colleague, *away.date, *away.date, now_);
  ASSERT_TRUE(given) << given.error().key;
  const auto refusal = try_accept(2);
  ASSERT_FALSE(refusal);
  EXPECT_EQ(refusal.error().key, "plans.cannot_be_sent");
  EXPECT_EQ(refusal.error().details.at("date"), format_date(*away.date));
  EXPECT_EQ(visits_made(), 0U);
  // The next plan leaves that day out by itself.
  EXPECT_EQ(drafted(by_the_head), "version 3");
  EXPECT_EQ(plan().team_days, 4);
  EXPECT_TRUE(try_accept(3));
}

TEST_F(Acceptance, RefusesAVisitOfWhoeverHasLeftThePost) {
  write([&](Transaction& t) { accounts::disable_account(t, county_.region, leader_, now_); });
  EXPECT_EQ(refused().find("plans.cannot_be_sent "), 0U) << refused();
  EXPECT_EQ(visits_made(), 0U);
}

TEST_F(Acceptance, RefusesAVisitWhereAnotherLanguageIsNeededNow) {
  const PlanStop other = last_visited();
  write([&](Transaction& t) {
    for (Village one : all_villages(t, county_.region)) {
      if (one.code != other.place) continue;
      one.languages = {"畲语"};
      ASSERT_TRUE(put_village(t, county_.region, one));
    }
  });
  EXPECT_EQ(refused(), sentence_about(other, "plans.other_language", "畲语"));
  EXPECT_EQ(visits_made(), 0U);
}

TEST_F(Acceptance, RefusesASecondVisitToAVillageForWhichSomebodyElseHasPlannedOneSince) {
  const PlanStop stop = last_visited();
  visits::Planned by_hand;
  by_hand.form = visits::Form::going_down;
  by_hand.unit = county_.petition_office;
  by_hand.place = stop.place;
  by_hand.begins = *parse_instant("2026-12-22 09:00");
  by_hand.ends = *parse_instant("2026-12-22 11:00");
  ASSERT_TRUE(database_->write(
      [&](Transaction& t) { return visits::plan(t, maker(), by_hand, cases::ClientToken{9}); }));
  EXPECT_EQ(refused(), "plans.planned_meanwhile date=2026-12-22 leader=周副县长 place=村" +
                           std::to_string(number_of(stop)));
  EXPECT_EQ(visits_made(), 1U);
  ASSERT_EQ(drafted(order()), "version 2");
  EXPECT_TRUE(try_accept(2));
}

TEST_F(Acceptance, LeavesWhatPeopleWereToldOfToAStepOfItsOwn) {
  ASSERT_TRUE(try_accept());
  const PlanStop told_of = last_visited();
  visits::Step revised;
  revised.kind = visits::EventKind::revised;
  revised.fields = {{"accessibility", "一楼"}};
  visits::Step published;
  published.kind = visits::EventKind::published;
  published.postings = {{"board", "村口公告栏", "照片已存", ""},
                        {"broadcast", "村广播", "播三天", ""},
                        {"web", "县政府网站", "公示栏", ""}};
  for (const visits::Step& step : {revised, published}) {
    const auto done = database_->write(
        [&](Transaction& t) { return visits::take_step(t, maker(), told_of.visit, step); });
    ASSERT_TRUE(done) << done.error().key;
  }
  EXPECT_EQ(drafted(order()), "version 2");
  write([&](Transaction& t) {
    for (Village one : all_villages(t, county_.region)) {
      if (one.code != told_of.place) continue;
      one.languages = {"畲语"};
      ASSERT_TRUE(put_village(t, county_.region, one));
    }
  });
  const auto done = try_accept(2);
  EXPECT_TRUE(done) << done.error().key;
}

}  // namespace
}  // namespace minhu::visit_plans
