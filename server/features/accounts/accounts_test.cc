#include "features/accounts/own_account.h"
#include "features/accounts/test_officials.h"

namespace minhu::accounts {
namespace {

class SignIn : public Officials {
 protected:
  Instant later(std::int64_t ms) const { return {now_.unix_ms + ms}; }
};

TEST_F(SignIn, ARightPasswordOpensHalfASessionAndTheTokenIsNotStored) {
  const std::string token = half_open("li");
  EXPECT_EQ(sessions_.seat(token, now_)->stage, Stage::enrolling);
  EXPECT_FALSE(sessions_.who(token, now_));
  EXPECT_FALSE(sessions_.seat(token + "x", now_));
  const bool stored = database_->read([&](Reading& reading) {
    return reading
        .first("SELECT 1 FROM session WHERE region_id = ?1 AND token_hash = ?2",
               {param(region_), as_bytes(token)}, [](const Row&) { return true; })
        .value_or(false);
  });
  EXPECT_FALSE(stored);
}

TEST_F(SignIn, AfterTheSecondFactorThereIsANewTokenAndTheOldOneOpensNothing) {
  enrol(li_);
  const std::string half = half_open("li");
  EXPECT_EQ(sessions_.seat(half, now_)->stage, Stage::second_factor);
  const auto full = sessions_.renew(half, now_);
  ASSERT_TRUE(full);
  EXPECT_EQ(sessions_.who(*full, now_)->principal.role, Role::handler);
  EXPECT_FALSE(sessions_.seat(half, now_));
  EXPECT_EQ(key_of(sessions_.renew(half, now_)), "accounts.sign_in_first");
}

TEST_F(SignIn, AHalfOpenSessionEndsAfterAQuarterOfAnHourHoweverBusy) {
  const std::string half = half_open("li");
  EXPECT_TRUE(sessions_.seat(half, later(10 * 60'000)));
  EXPECT_FALSE(sessions_.seat(half, later(Sessions::half_open_ms + 1)));
  EXPECT_FALSE(sessions_.renew(half, later(Sessions::half_open_ms + 1)));
}

TEST_F(SignIn, AWrongPasswordAndAnUnknownLoginSoundTheSame) {
  const auto wrong = sessions_.sign_in("li", Sealed<std::string>("wrong horse battery"), now_);
  const auto unknown = sessions_.sign_in("wang", Sealed<std::string>("wrong horse battery"), now_);
  EXPECT_EQ(wrong.error(), unknown.error());
  const auto events = log();
  ASSERT_EQ(events.size(), 2U);
  for (const AccountEvent& event : events) EXPECT_EQ(event.act, Act::password_refused);
}

TEST_F(SignIn, ASessionEndsWhenIdleWhenOldAndWhenSignedOut) {
  const auto token = open(li_);
  EXPECT_FALSE(sessions_.who(token, later(Sessions::idle_ms + 1)));
  for (std::int64_t t = 0; t < Sessions::absolute_ms; t += 20 * 60'000) {
    EXPECT_TRUE(sessions_.who(token, later(t))) << t;
  }
  EXPECT_FALSE(sessions_.who(token, later(Sessions::absolute_ms + 1)));
  const auto second = open(li_);
  sessions_.sign_out(second, now_);
  EXPECT_FALSE(sessions_.who(second, now_));
}

TEST_F(SignIn, ARenewalDoesNotLengthenTheEightHours) {
  const auto token = *sessions_.renew(open(li_), later(20 * 60'000));
  std::int64_t t = 20 * 60'000;
  for (; t < Sessions::absolute_ms; t += 20 * 60'000) EXPECT_TRUE(sessions_.who(token, later(t)));
  EXPECT_FALSE(sessions_.who(token, later(Sessions::absolute_ms + 1)));
}

TEST_F(SignIn, ADisabledAccountIsOutAtOnce) {
  const auto token = open(li_);
  ASSERT_TRUE(database_->write_job([&](Transaction& transaction) -> Outcome {
    disable_account(transaction, region_, li_.id, now_);
    return {};
  }));
  EXPECT_FALSE(sessions_.who(token, now_));
  EXPECT_FALSE(sessions_.sign_in("li", Sealed<std::string>(password), now_));
}

TEST_F(SignIn, ADemoLoginWithARowOfItsOwnIsWhatTheRowSays) {
  Account account{entropy_.id<AccountId>(now_), "ducha", "督查室", {}};
  account.principal = {Role::supervisor, {}, account.id};
  Sessions with_demo(*database_, region_, entropy_, hasher_, {}, {{account, "a demo password"}});
  const Sealed<std::string> of_the_day{std::string("a demo password")};
  ASSERT_TRUE(database_->write(
      [&](Transaction& t) { return create_account(t, region_, account, "", now_); }));
  const auto token = with_demo.sign_in("ducha", of_the_day, now_);
  ASSERT_TRUE(token);
  EXPECT_EQ(with_demo.who(*token, now_)->principal.role, Role::supervisor);
  ASSERT_TRUE(database_->write_job([&](Transaction& t) -> Outcome {
    disable_account(t, region_, account.id, now_);
    return {};
  }));
  EXPECT_FALSE(with_demo.who(*token, now_));
  EXPECT_EQ(with_demo.sign_in("ducha", of_the_day, now_).error().key, "accounts.wrong_login");
}

TEST_F(SignIn, ADemoLoginHasNoSecondFactor) {
  Account shown{AccountId(Uuid{7}), "demo", "演示", {Role::clerk, housing_, AccountId(Uuid{7})}};
  Sessions demo{*database_, region_, entropy_, hasher_, {}, {{shown, "a good password"}}};
  const auto token = demo.sign_in("demo", Sealed<std::string>("a good password"), now_);
  ASSERT_TRUE(token);
  EXPECT_EQ(demo.who(*token, now_)->principal.role, Role::clerk);
  EXPECT_FALSE(sessions_.who(*token, now_));  // nowhere but where they were made
}

TEST_F(SignIn, ALoginIsTakenOnce) {
  const auto again = database_->write([&](Transaction& transaction) {
    return create_account(transaction, region_, {entropy_.id<AccountId>(now_), "li", "", {}}, "x",
                          now_);
  });
  EXPECT_EQ(again.error().key, "accounts.login_taken");
}

TEST_F(SignIn, TheLogIsReadFromTheNewestPageByPageAndForgetsAfterThreeYears) {
  for (int i = 0; i < 5; ++i) {
    pass(1000);
    open(li_);
  }
  const auto page = [&](AccountEventId before) {
    return database_->read(
        [&](Reading& reading) { return account_events(reading, region_, before, 3); });
  };
  const auto first = page({});
  ASSERT_EQ(first.size(), 3U);
  EXPECT_EQ(first[0].at, now_);
  EXPECT_EQ(first[0].by, li_.id);
  const auto second = page(first.back().id);
  ASSERT_EQ(second.size(), 2U);
  EXPECT_LT(second[0].at, first.back().at);
  const auto forget = [&](std::int64_t days) {
    EXPECT_TRUE(database_->write_job([&](Transaction& transaction) -> Outcome {
      forget_old_events(transaction, region_, later(days * 24 * 3'600'000));
      return {};
    }));
    return log().size();
  };
  EXPECT_EQ(forget(2 * 365), 5U);
  EXPECT_EQ(forget(3 * 365 + 1), 0U);
}

TEST_F(SignIn, NothingStaysOfPassphrasesThatNoDoorAsksFor) {
  const auto kept = [&] {
    return database_->read([&](Reading& reading) {
      return reading
          .all("SELECT passphrase_hash FROM unlock_passphrase WHERE region_id = ?1",
               {param(region_)}, [](const Row& row) { return std::string(row.text(0)); })
          .size();
    });
  };
  EXPECT_TRUE(database_->write_job([&](Transaction& transaction) -> Outcome {
    transaction.execute(
        "INSERT INTO unlock_passphrase(region_id, account_id, passphrase_hash, set_at, "
        "wrong_tries, wait_until) VALUES (?1, ?2, 'a hash', 0, 0, 0)",
        {param(region_), param(li_.id)});
    return {};
  }));
  ASSERT_EQ(kept(), 1U);
  EXPECT_TRUE(database_->write_job([&](Transaction& transaction) -> Outcome {
    forget_unlock_passphrases(transaction, region_);
    return {};
  }));
  EXPECT_EQ(kept(), 0U);
}

}  // namespace
}  // namespace minhu::accounts
