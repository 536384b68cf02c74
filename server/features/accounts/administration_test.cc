#include "features/accounts/administration.h"

#include "features/accounts/openid_link.h"
#include "features/accounts/test_officials.h"

namespace minhu::accounts {
namespace {

class Administration : public Officials {
 protected:
  Administration() { admin_ = put("admin", Role::security_admin, {}); }
  Newcomer newcomer(const char* login = "chen") const {
    return {login, "陈晨", {Role::clerk, housing_}, "新到岗"};
  }
  Result<Account> accept(const std::string& token, const char* chosen = "meadow lark at dawn") {
    return accept_invitation(ground_, token, {{}, {}, Sealed<std::string>(chosen)}, now_);
  }
  bool may_sign_in(const char* login, const char* chosen) {
    return sessions_.sign_in(login, Sealed<std::string>(chosen), now_).has_value();
  }
  std::vector<Listed> all() {
    return database_->read([&](Reading& reading) { return list_accounts(reading, region_, now_); });
  }
  void disable_for_good(AccountId account) {
    EXPECT_TRUE(database_->write_job([&](Transaction& transaction) -> Outcome {
      disable_account(transaction, region_, account, now_);
      return {};
    }));
  }
  std::string first_link() {
    std::optional<Invitation> made;
    EXPECT_TRUE(database_->write_job([&](Transaction& transaction) -> Outcome {
      made = invite_first(transaction, ground_, now_);
      return {};
    }));
    return made->token;
  }
  Account admin_;
};

TEST_F(Administration, AnInvitationIsUsedOnceByWhoeverHasItAndThePasswordIsTheirOwn) {
  const auto made = invite(ground_, admin_.id, newcomer(), now_);
  ASSERT_TRUE(made);
  EXPECT_FALSE(may_sign_in("chen", ""));
  EXPECT_EQ(accept(made->invitation.token, "short").error().key, "accounts.password_short");
  EXPECT_EQ(accept(made->invitation.token, "chen chen chen!!").error().key,
            "accounts.password_has_name");
  EXPECT_EQ(accept(made->invitation.token, "我在住建局上班很开心啊").error().key,
            "accounts.password_short");
  ASSERT_TRUE(accept(made->invitation.token));
  EXPECT_TRUE(may_sign_in("chen", "meadow lark at dawn"));
  EXPECT_EQ(accept(made->invitation.token).error().key, "accounts.no_such_invitation");
  EXPECT_EQ(accept("").error().key, "accounts.no_such_invitation");
}

TEST_F(Administration, AnInvitationEndsAfterADayAndWhenANewOneIsMade) {
  const auto made = invite(ground_, admin_.id, newcomer(), now_);
  const auto again = invite_again(ground_, admin_.id, made->id, "没收到", now_);
  ASSERT_TRUE(again);
  EXPECT_EQ(accept(made->invitation.token).error().key, "accounts.no_such_invitation");
  pass(invitation_ms);
  EXPECT_EQ(accept(again->token).error().key, "accounts.no_such_invitation");
}

TEST_F(Administration, InvitingAgainEndsWhatWasSetBefore) {
  enrol(li_);
  const std::string token = open(li_);
  const auto again = invite_again(ground_, admin_.id, li_.id, "手机丢了", now_);
  ASSERT_TRUE(again);
  EXPECT_FALSE(sessions_.who(token, now_));
  EXPECT_FALSE(may_sign_in("li", password));
  ASSERT_TRUE(accept(again->token));
  EXPECT_EQ(
      sessions_
          .seat(*sessions_.sign_in("li", Sealed<std::string>("meadow lark at dawn"), now_), now_)
          ->stage,
      Stage::enrolling);
}

TEST_F(Administration, TheFirstLinkMakesTheFirstSecurityAdministratorAndNoOther) {
  EXPECT_TRUE(
      database_->read([&](Reading& reading) { return any_security_admin(reading, region_); }));
  disable_for_good(admin_.id);
  const std::string other = first_link();
  const std::string token = first_link();
  const auto accept_first = [&](const std::string& with, const char* login, const char* shown) {
    return accept_invitation(ground_, with,
                             {login, shown, Sealed<std::string>("meadow lark at dawn")}, now_);
  };
  EXPECT_EQ(accept_first(token, "Ann", "安").error().key, "accounts.bad_login");
  EXPECT_EQ(accept_first(token, "ann", " ").error().key, "accounts.name_missing");
  put("lin", Role::clerk, housing_);
  EXPECT_EQ(accept_first(token, "lin", "安").error().key, "accounts.login_taken");
  const auto made = accept_first(token, "ann", "安");
  ASSERT_TRUE(made);
  EXPECT_EQ(made->principal.role, Role::security_admin);
  EXPECT_TRUE(may_sign_in("ann", "meadow lark at dawn"));
  EXPECT_EQ(accept_first(first_link(), "eve", "夏").error().key, "accounts.no_such_invitation");
  EXPECT_EQ(accept_first(other, "eve", "夏").error().key, "accounts.no_such_invitation");
}

// Of several servers on one database each prints a link when it starts: an operator who opens that
// of the first must not stand before a link that the second has taken away.
TEST_F(Administration, TheFirstLinkOfAnotherServerLeavesThatOfThisOneInForce) {
  disable_for_good(admin_.id);
  const std::string of_one = first_link();
  const std::string of_another = first_link();
  const auto looked_at = [&](const std::string& token) {
    return key_of(database_->read(
        [&](Reading& reading) { return look_at_invitation(reading, region_, token, now_); }));
  };
  EXPECT_EQ(looked_at(of_one), "done");
  EXPECT_EQ(looked_at(of_another), "done");
  const auto made = accept_invitation(
      ground_, of_one, {"ann", "安", Sealed<std::string>("meadow lark at dawn")}, now_);
  ASSERT_TRUE(made) << made.error().key;
  EXPECT_EQ(looked_at(of_another), "accounts.no_such_invitation");
  // Nor does it come back when nobody can make accounts any more.
  disable_for_good(made->id);
  EXPECT_EQ(looked_at(of_another), "accounts.no_such_invitation");
  EXPECT_EQ(looked_at(first_link()), "done");
}

TEST_F(Administration, AFirstLinkEndsAfterItsDay) {
  disable_for_good(admin_.id);
  const std::string old = first_link();
  pass(invitation_ms);
  EXPECT_EQ(key_of(database_->read(
                [&](Reading& reading) { return look_at_invitation(reading, region_, old, now_); })),
            "accounts.no_such_invitation");
}

TEST_F(Administration, APostChangesWithAReasonAndEndsSessions) {
  const std::string token = open(li_);
  EXPECT_EQ(key_of(change_post(ground_, admin_.id, li_.id, {Role::unit_head, housing_}, " ", now_)),
            "accounts.reason_missing");
  EXPECT_TRUE(sessions_.who(token, now_));
  const Post head{Role::unit_head, water_};
  EXPECT_EQ(key_of(change_post(ground_, admin_.id, li_.id, head, "调任", now_)), "done");
  EXPECT_FALSE(sessions_.who(token, now_));
  EXPECT_EQ(sessions_.who(open(li_), now_)->principal,
            (Principal{Role::unit_head, water_, li_.id}));
  const AccountEvent event = log()[1];
  EXPECT_EQ(event.act, Act::post_changed);
  EXPECT_EQ(event.by, admin_.id);
  EXPECT_EQ(event.about, li_.id);
  EXPECT_EQ(event.reason, "调任");
  EXPECT_EQ(event.detail, "handler " + housing_.text() + " > unit_head " + water_.text());
}

TEST_F(Administration, ABadPostIsRefusedAndNothingIsWritten) {
  const auto told = [&](Role role, UnitId unit) {
    return key_of(change_post(ground_, admin_.id, li_.id, {role, unit}, "调任", now_));
  };
  EXPECT_EQ(told(Role::system, housing_), "accounts.no_such_role");
  EXPECT_EQ(told(Role::speaker, housing_), "accounts.no_such_role");
  EXPECT_EQ(told(Role::handler, {}), "accounts.unit_missing");
  EXPECT_EQ(told(Role::handler, UnitId(Uuid{5})), "accounts.no_such_unit");
  EXPECT_EQ(
      key_of(change_post(ground_, admin_.id, AccountId(Uuid{5}), {Role::leader, {}}, "调任", now_)),
      "accounts.no_such_account");
  EXPECT_TRUE(log().empty());
  EXPECT_EQ(told(Role::leader, {}), "done");
}

TEST_F(Administration, NobodyAdministersTheirOwnAccount) {
  const Post post{Role::audit_admin, {}};
  EXPECT_EQ(key_of(change_post(ground_, admin_.id, admin_.id, post, "想看看", now_)),
            "accounts.not_yourself");
  EXPECT_EQ(key_of(disable(ground_, admin_.id, admin_.id, "再见", now_)), "accounts.not_yourself");
  EXPECT_EQ(key_of(invite_again(ground_, admin_.id, admin_.id, "忘了", now_)),
            "accounts.not_yourself");
}

TEST_F(Administration, TheListSaysWhoWaitsWhoWorksAndWhoIsGone) {
  ASSERT_TRUE(invite(ground_, admin_.id, newcomer(), now_));
  const Account wang = put("wang", Role::clerk, housing_);
  ASSERT_TRUE(disable(ground_, admin_.id, wang.id, "退休", now_));
  enrol(li_);
  std::map<std::string, std::string> states;
  for (const Listed& each : all()) {
    states[each.account.login] =
        std::string(name(each.state)) + (each.second_factor ? " with code" : "");
  }
  EXPECT_EQ(states, (std::map<std::string, std::string>{{"admin", "active"},
                                                        {"chen", "invited"},
                                                        {"li", "active with code"},
                                                        {"wang", "disabled"}}));
}

TEST_F(Administration, TheListSaysUntilWhenALinkWorks) {
  const auto until = [&] {
    for (const Listed& each : all()) {
      if (each.account.login == "chen") return each.invited_until;
    }
    return std::optional<Instant>();
  };
  const auto made = invite(ground_, admin_.id, newcomer(), now_);
  ASSERT_TRUE(made);
  ASSERT_TRUE(until());
  EXPECT_EQ(until()->unix_ms, now_.unix_ms + invitation_ms);
  pass(invitation_ms);
  EXPECT_FALSE(until());
  const auto again = invite_again(ground_, admin_.id, made->id, "没收到", now_);
  ASSERT_TRUE(until());
  ASSERT_TRUE(accept(again->token));
  EXPECT_FALSE(until());
}

TEST_F(Administration, NobodyComesToAUnitThatWasClosed) {
  const Account wang = put("wang", Role::handler, water_);
  ASSERT_TRUE(database_->write_job([&](Transaction& transaction) -> Outcome {
    auto unit = *places_and_units::find_unit(transaction, region_, housing_);
    unit.active = false;
    places_and_units::put_unit(transaction, region_, unit);
    return {};
  }));
  EXPECT_EQ(key_of(invite(ground_, admin_.id, newcomer(), now_)), "accounts.unit_closed");
  EXPECT_EQ(
      key_of(change_post(ground_, admin_.id, wang.id, {Role::handler, housing_}, "调动", now_)),
      "accounts.unit_closed");
  // Whoever is there finishes what is open there, or goes.
  EXPECT_EQ(
      key_of(change_post(ground_, admin_.id, li_.id, {Role::unit_head, housing_}, "代管", now_)),
      "done");
  EXPECT_EQ(key_of(change_post(ground_, admin_.id, li_.id, {Role::handler, water_}, "调动", now_)),
            "done");
}

TEST_F(Administration, OpenIdSignsInOnlyWhomAnInvitationLinked) {
  const Digest subject = openid_subject_hash(ground_.keys, "https://id.example", "sub-1");
  const auto found = [&] {
    return database_->read(
        [&](Reading& reading) { return find_by_openid(reading, region_, subject); });
  };
  EXPECT_FALSE(found());
  const auto made = invite(ground_, admin_.id, newcomer(), now_);
  ASSERT_TRUE(accept_invitation_for_openid(ground_, made->invitation.token, subject, now_));
  EXPECT_EQ(found()->login, "chen");
  EXPECT_FALSE(may_sign_in("chen", ""));
  EXPECT_NE(subject, openid_subject_hash(ground_.keys, "https://other.example", "sub-1"));
  ASSERT_TRUE(disable(ground_, admin_.id, made->id, "离岗", now_));
  EXPECT_FALSE(found());
}

}  // namespace
}  // namespace minhu::accounts
