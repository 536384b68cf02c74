#include "features/accounts/accounts.h"

#include <gtest/gtest.h>

#include "adapters/storage_sqlite/test_database.h"
#include "adapters/system/system.h"

namespace minhu::accounts {
namespace {

class SignIn : public ::testing::Test {
 protected:
  SignIn() {
    start_crypto();
    Account account{entropy_.id<AccountId>(now_), "li", "李科长", {Role::handler, {}, {}}};
    account.principal.account = account.id;
    const std::string hash = *hasher_.hash(Sealed<std::string>("correct horse battery"));
    EXPECT_TRUE(database_->write([&](Transaction& transaction) {
      return create_account(transaction, region_, account, hash, now_);
    }));
    account_ = account.id;
  }
  Instant later(std::int64_t ms) const { return {now_.unix_ms + ms}; }

  RegionId region_{330726};
  Instant now_{1'760'000'000'000};
  system::SeededEntropy entropy_{1};
  storage_sqlite::TestDatabase database_{{migrations()}};
  PasswordHasher hasher_;
  Sessions sessions_{*database_, region_, entropy_, hasher_};
  AccountId account_;
};

TEST_F(SignIn, ARightPasswordOpensASessionAndTheTokenIsNotStored) {
  const auto token = sessions_.sign_in("li", Sealed<std::string>("correct horse battery"), now_);
  ASSERT_TRUE(token);
  EXPECT_EQ(sessions_.who(*token, later(60'000))->principal.role, Role::handler);
  EXPECT_FALSE(sessions_.who(*token + "x", now_));
  const bool stored = database_->read([&](Reading& reading) {
    return reading
        .first("SELECT 1 FROM session WHERE region_id = ?1 AND token_hash = ?2",
               {param(region_), as_bytes(*token)}, [](const Row&) { return true; })
        .value_or(false);
  });
  EXPECT_FALSE(stored);
}

TEST_F(SignIn, AWrongPasswordAndAnUnknownLoginSoundTheSame) {
  const auto wrong = sessions_.sign_in("li", Sealed<std::string>("wrong horse battery"), now_);
  const auto unknown = sessions_.sign_in("wang", Sealed<std::string>("wrong horse battery"), now_);
  EXPECT_EQ(wrong.error(), unknown.error());
}

TEST_F(SignIn, ASessionEndsWhenIdleWhenOldAndWhenSignedOut) {
  const auto token = *sessions_.sign_in("li", Sealed<std::string>("correct horse battery"), now_);
  EXPECT_FALSE(sessions_.who(token, later(Sessions::idle_ms + 1)));
  for (std::int64_t t = 0; t < Sessions::absolute_ms; t += 20 * 60'000) {
    EXPECT_TRUE(sessions_.who(token, later(t))) << t;
  }
  EXPECT_FALSE(sessions_.who(token, later(Sessions::absolute_ms + 1)));
  const auto second = *sessions_.sign_in("li", Sealed<std::string>("correct horse battery"), now_);
  sessions_.sign_out(second);
  EXPECT_FALSE(sessions_.who(second, now_));
}

TEST_F(SignIn, ADisabledAccountIsOutAtOnce) {
  const auto token = *sessions_.sign_in("li", Sealed<std::string>("correct horse battery"), now_);
  ASSERT_TRUE(database_->write_job([&](Transaction& transaction) -> Outcome {
    disable_account(transaction, region_, account_, now_);
    return {};
  }));
  EXPECT_FALSE(sessions_.who(token, now_));
  EXPECT_FALSE(sessions_.sign_in("li", Sealed<std::string>("correct horse battery"), now_));
}

TEST_F(SignIn, APasswordHasTwelveCharactersAtLeast) {
  EXPECT_EQ(hasher_.hash(Sealed<std::string>("short")).error().key, "accounts.password_short");
}

TEST_F(SignIn, ALoginIsTakenOnce) {
  const auto again = database_->write([&](Transaction& transaction) {
    return create_account(transaction, region_, {entropy_.id<AccountId>(now_), "li", "", {}}, "x",
                          now_);
  });
  EXPECT_EQ(again.error().key, "accounts.login_taken");
}

}  // namespace
}  // namespace minhu::accounts
