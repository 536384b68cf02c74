// Nobody is sent by hand where they may not go, and nobody reads why.
#include "features/visits/sending.h"

#include <algorithm>

#include "features/accounts/delegation.h"
#include "features/accounts/interests.h"
#include "features/accounts/leadership.h"
#include "features/visits/test_visits.h"

namespace minhu::visits {
namespace {

class Sending : public VisitsWorld {
 protected:
  void SetUp() override {
    head_ = official("head", "沈国平", Role::unit_head, water_);
    official("other", "陈立", Role::leader, county_.petition_office);
  }
  accounts::Ground ground() { return {*database_, county_.region, entropy_, hasher_, {}}; }
  accounts::AccountId official(const char* login, const char* title, Role role, UnitId unit) {
    accounts::Account account;
    account.id = entropy_.id<accounts::AccountId>(now_);
    account.login = login;
    account.display_name = title;
    account.principal = {role, unit, account.id};
    write([&](Transaction& t) {
      ASSERT_TRUE(accounts::create_account(t, county_.region, account, "", now_));
    });
    return account.id;
  }
  // Somebody at that place complains of the bureau that 沈国平 heads.
  void accused_at(const char* place, UnitId unit) {
    cases::Words words = some_words(0);
    words.token = token();
    words.place = place;
    const auto receipt = receive_words(as(Role::anyone), words);
    ASSERT_TRUE(receipt) << receipt.error().key;
    must(dispatcher(), receipt->case_id, cases::EventKind::triaged,
         {{"category", "minhu:02"}, {"complained_of", unit.text()}});
  }
  std::string planned_by_hand(const Planned& planned) {
    const auto made = try_plan(planned);
    return made ? "planned" : made.error().key + " " + made.error().field;
  }

  accounts::PasswordHasher hasher_{accounts::nearly_free_for_tests};
  accounts::AccountId head_;
};

constexpr const char* barred = "visits.cannot_be_sent leader_name";

TEST_F(Sending, NobodyIsPlannedWhereACaseAccusesTheirUnit) {
  EXPECT_EQ(planned_by_hand(some_visit()), "planned");
  accused_at("339901101", water_);
  const auto refused = try_plan(some_visit());
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().key, "visits.cannot_be_sent");
  EXPECT_EQ(refused.error().details, (std::map<std::string, std::string>{{"leader", "沈国平"}}))
      << "neither the case nor the tie is told";
  Planned spaced = some_visit();
  spaced.leader.name = "沈 国 平";
  EXPECT_EQ(planned_by_hand(spaced), barred);
  spaced.leader.name = "沈　国\u00A0平";  // as Chinese keyboards and office programs set blanks
  EXPECT_EQ(planned_by_hand(spaced), barred);
  Planned unannounced = some_visit();
  unannounced.form = Form::field;
  EXPECT_EQ(planned_by_hand(unannounced), barred);
  Planned other = some_visit();
  other.leader.name = "陈立";
  EXPECT_EQ(planned_by_hand(other), "planned");
  Planned elsewhere = some_visit();
  elsewhere.place = "339901";
  EXPECT_EQ(planned_by_hand(elsewhere), "planned");
}

TEST_F(Sending, NobodyIsPlannedWhereACaseAccusesThoseToWhomTheyDeclaredATie) {
  accused_at("339901101", housing_);
  EXPECT_EQ(planned_by_hand(some_visit()), "planned");
  accounts::Interest tie;
  tie.account = head_;
  tie.unit = housing_;
  tie.tie = accounts::Tie::kin;
  tie.declared_by = head_;
  write([&](Transaction& t) { ASSERT_TRUE(accounts::declare_interest(t, ground(), tie, now_)); });
  EXPECT_EQ(planned_by_hand(some_visit()), barred);
}

TEST_F(Sending, AReceptionAtTheSeatOfItsOfficeSendsNobodyAnywhere) {
  accused_at("339901", water_);
  Planned at_the_office = some_visit();
  at_the_office.form = Form::reception;
  at_the_office.place = "339901";
  EXPECT_EQ(planned_by_hand(at_the_office), "planned");
  at_the_office.form = Form::going_down;
  EXPECT_EQ(planned_by_hand(at_the_office), barred);
  at_the_office.form = Form::reception;
  at_the_office.place = "339901101";
  EXPECT_EQ(planned_by_hand(at_the_office), barred);
}

TEST_F(Sending, APlannedVisitIsAskedAboutAgainWhenItIsRevisedAndWhenItIsAnnounced) {
  const VisitId id = planned_visit();
  accused_at("339901101", water_);
  EXPECT_EQ(told(planner(), id, EventKind::published, {}, three_channels()), barred);
  const auto open =
      database_->read([&](Reading& reading) { return open_steps(reading, planner(), now_of(id)); });
  const auto step = std::find_if(open.begin(), open.end(), [](const OpenStep& one) {
    return one.edge->kind == EventKind::published;
  });
  ASSERT_NE(step, open.end());
  ASSERT_TRUE(step->hindered) << "said before anybody fills in a form";
  EXPECT_EQ(step->hindered->key, "visits.cannot_be_sent");
  EXPECT_EQ(told(planner(), id, EventKind::revised,
                 {{"begins", "2026-03-13 09:00"}, {"ends", "2026-03-13 12:00"}}),
            barred);
  EXPECT_EQ(told(planner(), id, EventKind::revised, {{"leader_name", "陈立"}}), "taken");
  EXPECT_EQ(told(planner(), id, EventKind::revised, {{"leader_name", "沈国平"}}), barred);
  EXPECT_EQ(told(planner(), id, EventKind::published, {}, three_channels()), "taken");
}

TEST_F(Sending, NobodyTakesThePlaceOfAnotherWhereTheyMayNotGo) {
  Planned by_the_other = some_visit();
  by_the_other.leader.name = "陈立";
  const auto made = try_plan(by_the_other);
  ASSERT_TRUE(made) << made.error().key;
  ASSERT_EQ(told(planner(), made->id, EventKind::published, {}, three_channels()), "taken");
  accused_at("339901101", water_);
  Fields instead = another_leader();
  instead["leader_name"] = "沈国平";
  EXPECT_EQ(told(planner(), made->id, EventKind::rescheduled, instead, three_channels()), barred);
  EXPECT_EQ(told(planner(), made->id, EventKind::cancelled, instead, three_channels()), barred);
  EXPECT_EQ(now_of(made->id).leader.name, "陈立");
  instead["leader_name"] = "来自邻县的领导";
  EXPECT_EQ(told(planner(), made->id, EventKind::rescheduled, instead, three_channels()), "taken");
}

TEST_F(Sending, NobodyIsPlannedForADayOnWhichAColleagueKeepsTheirPost) {
  const auto colleague = official("colleague", "水利局值班岗", Role::handler, water_);
  const auto account = database_->read(
      [&](Reading& reading) { return *accounts::find_account(reading, county_.region, head_); });
  const auto day = *parse_date("2026-03-12");
  const auto given = accounts::delegate_post(ground(), account, colleague, day, day, now_);
  ASSERT_TRUE(given) << given.error().key;
  EXPECT_EQ(planned_by_hand(some_visit()), barred);
  Planned later = some_visit();
  later.begins.unix_ms += 24 * 3'600'000;
  later.ends.unix_ms += 24 * 3'600'000;
  EXPECT_EQ(planned_by_hand(later), "planned");
}

}  // namespace
}  // namespace minhu::visits
