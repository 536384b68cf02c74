#include "features/accounts/delegation.h"

#include <set>

#include "features/accounts/own_account.h"
#include "features/accounts/test_officials.h"

namespace minhu::accounts {
namespace {

class Delegating : public Officials {
 protected:
  Delegating() {
    head_ = put("head", Role::unit_head, housing_);
    today_ = to_date(now_);
  }
  Result<Delegation> hand_over(int from_day, int to_day) {
    return delegate_post(ground_, head_, li_.id, today_ + std::chrono::days(from_day),
                         today_ + std::chrono::days(to_day), now_);
  }
  Principal acting(const std::string& token) { return sessions_.who(token, now_)->principal; }
  Account head_;
  Date today_;
};

TEST_F(Delegating, AColleagueActsInThePostUnderTheirOwnAccountUntilItEndsByItself) {
  const auto handed = hand_over(0, 1);
  ASSERT_TRUE(handed);
  const std::string token = open(li_);
  EXPECT_EQ(acting(token).role, Role::handler);  // only when they choose to
  ASSERT_TRUE(sessions_.act_for(token, handed->id, now_));
  EXPECT_EQ(acting(token), (Principal{Role::unit_head, housing_, li_.id, true}));
  ASSERT_TRUE(sessions_.act_for(token, {}, now_));
  EXPECT_EQ(acting(token).role, Role::handler);
  ASSERT_TRUE(sessions_.act_for(token, handed->id, now_));
  now_ = handed->ends_at;
  EXPECT_EQ(acting(open(li_)).role, Role::handler);
  EXPECT_EQ(key_of(sessions_.act_for(open(li_), handed->id, now_)), "accounts.no_such_delegation");
}

TEST_F(Delegating, ItDoesNotBeginBeforeItsDayAndIsNobodyElses) {
  const auto handed = hand_over(1, 3);
  EXPECT_EQ(key_of(sessions_.act_for(open(li_), handed->id, now_)), "accounts.no_such_delegation");
  pass(24 * 3'600'000);
  EXPECT_EQ(key_of(sessions_.act_for(open(li_), handed->id, now_)), "done");
  const Account wang = put("wang", Role::clerk, housing_);
  EXPECT_EQ(key_of(sessions_.act_for(open(wang), handed->id, now_)), "accounts.no_such_delegation");
}

TEST_F(Delegating, ItEndsWithThePostOfWhoeverGaveIt) {
  const auto handed = hand_over(0, 10);
  const std::string token = open(li_);
  ASSERT_TRUE(sessions_.act_for(token, handed->id, now_));
  ASSERT_TRUE(change_post(ground_, {}, head_.id, {Role::unit_head, water_}, "调任", now_));
  EXPECT_EQ(acting(token).role, Role::handler);
}

TEST_F(Delegating, ItDoesNotBeginAgainWhenWhoeverMovedComesBack) {
  const auto sits = [&](const Result<Delegation>& handed) {
    return key_of(sessions_.act_for(open(li_), handed->id, now_));
  };
  const auto moved = [&](const Account& who) {
    EXPECT_TRUE(change_post(ground_, {}, who.id, {who.principal.role, water_}, "调任", now_));
    EXPECT_TRUE(change_post(ground_, {}, who.id, {who.principal.role, housing_}, "调回", now_));
  };
  auto handed = hand_over(0, 10);
  moved(head_);
  EXPECT_EQ(sits(handed), "accounts.no_such_delegation");

  handed = hand_over(0, 10);  // the one before no longer stands in its way
  ASSERT_TRUE(handed);
  EXPECT_EQ(sits(handed), "done");
  moved(li_);
  EXPECT_EQ(sits(handed), "accounts.no_such_delegation");

  handed = hand_over(0, 10);
  ASSERT_TRUE(disable(ground_, {}, head_.id, "停职", now_));
  ASSERT_TRUE(invite_again(ground_, {}, head_.id, "复职", now_));
  EXPECT_EQ(sits(handed), "accounts.no_such_delegation");

  const auto events = log();
  EXPECT_EQ(std::count_if(events.begin(), events.end(),
                          [&](const AccountEvent& event) {
                            return event.act == Act::delegation_ended && event.about == li_.id &&
                                   event.detail == head_.id.text();
                          }),
            3);
}

TEST_F(Delegating, ItStaysWhereOnlyAReasonIsWrittenDown) {
  const auto handed = hand_over(0, 10);
  ASSERT_TRUE(change_post(ground_, {}, head_.id, {Role::unit_head, housing_}, "续任", now_));
  EXPECT_EQ(key_of(sessions_.act_for(open(li_), handed->id, now_)), "done");
}

TEST_F(Delegating, WhoeverGaveItTakesItBack) {
  const auto handed = hand_over(0, 10);
  EXPECT_EQ(key_of(end_delegation(ground_, li_, handed->id, now_)), "accounts.no_such_delegation");
  const std::string token = open(li_);
  ASSERT_TRUE(sessions_.act_for(token, handed->id, now_));
  ASSERT_TRUE(end_delegation(ground_, head_, handed->id, now_));
  EXPECT_EQ(acting(token).role, Role::handler);
}

TEST_F(Delegating, SixtyDaysAtMostOneAtATimeWithinTheUnit) {
  EXPECT_EQ(key_of(hand_over(0, 60)), "accounts.bad_days");
  EXPECT_EQ(key_of(hand_over(2, 1)), "accounts.bad_days");
  EXPECT_EQ(key_of(hand_over(-3, -1)), "accounts.bad_days");
  EXPECT_EQ(key_of(hand_over(0, 59)), "done");
  EXPECT_EQ(key_of(hand_over(5, 6)), "accounts.already_delegated");
  const Account other = put("other", Role::unit_head, water_);
  EXPECT_EQ(key_of(delegate_post(ground_, other, li_.id, today_, today_, now_)),
            "accounts.not_a_colleague");
  EXPECT_EQ(key_of(delegate_post(ground_, li_, li_.id, today_, today_, now_)),
            "accounts.not_a_colleague");
}

TEST_F(Delegating, NoAdministratorHandsOnTheirPostAndNobodyHandsOnWhatTheyWereGiven) {
  for (const Role role :
       {Role::system_admin, Role::security_admin, Role::audit_admin, Role::leader, Role::auditor}) {
    const Account admin = put(std::string(name(role)).c_str(), role, housing_);
    EXPECT_EQ(key_of(delegate_post(ground_, admin, li_.id, today_, today_, now_)),
              "accounts.post_cannot_be_delegated");
  }
  const auto handed = hand_over(0, 1);
  const std::string token = open(li_);
  ASSERT_TRUE(sessions_.act_for(token, handed->id, now_));
  const Account sitting = *sessions_.who(token, now_);
  EXPECT_EQ(key_of(delegate_post(ground_, sitting, head_.id, today_, today_, now_)),
            "accounts.delegated_on");
}

TEST_F(Delegating, NobodyReadsCasesInAPostWhoReadsNoneInTheirOwn) {
  const auto offered = [&] {
    std::set<std::string> logins;
    database_->read([&](Reading& reading) {
      for (const Account& each : colleagues_of(reading, region_, head_)) logins.insert(each.login);
      return 0;
    });
    return logins;
  };
  for (const Role role :
       {Role::system_admin, Role::security_admin, Role::audit_admin, Role::auditor, Role::leader}) {
    const Account other = put(std::string(name(role)).c_str(), role, housing_);
    EXPECT_EQ(key_of(delegate_post(ground_, head_, other.id, today_, today_, now_)),
              "accounts.cannot_keep_a_post");
  }
  EXPECT_EQ(offered(), std::set<std::string>{"li"});

  const auto handed = hand_over(0, 10);
  ASSERT_TRUE(change_post(ground_, {}, li_.id, {Role::audit_admin, housing_}, "换岗", now_));
  const std::string token = open(li_);
  EXPECT_EQ(key_of(sessions_.act_for(token, handed->id, now_)), "accounts.no_such_delegation");
  EXPECT_EQ(acting(token).role, Role::audit_admin);
}

// ---- the password

TEST_F(Delegating, ANewPasswordEndsEverySessionButTheOneThatAsked) {
  const std::string token = open(li_);
  const std::string elsewhere = open(li_);
  const auto change = [&](const char* old, const char* fresh) {
    return key_of(change_password(ground_, li_, token, Sealed<std::string>(old),
                                  Sealed<std::string>(fresh), now_));
  };
  EXPECT_EQ(change("wrong horse battery", "meadow lark at dawn"), "accounts.wrong_password");
  EXPECT_EQ(change(password, "123456789012"), "accounts.password_common");
  EXPECT_TRUE(sessions_.who(elsewhere, now_));
  EXPECT_EQ(change(password, "meadow lark at dawn"), "done");
  EXPECT_FALSE(sessions_.who(elsewhere, now_));
  EXPECT_TRUE(sessions_.renew(token, now_));
}

}  // namespace
}  // namespace minhu::accounts
