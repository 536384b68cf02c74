// What an administrator does in the moment in which a password is compared.
#include <utility>

#include "features/accounts/own_account.h"
#include "features/accounts/test_officials.h"

namespace minhu::accounts {
namespace {

// A database in which somebody else is faster, once, than the next write.
class Overtaken : public Database {
 public:
  explicit Overtaken(Database& real) : real_(real) {}
  void by(std::function<void()> somebody) { somebody_ = std::move(somebody); }
  Outcome write_job(const std::function<Outcome(Transaction&)>& job) override {
    if (somebody_) std::exchange(somebody_, nullptr)();
    return real_.write_job(job);
  }
  void read_job(const std::function<void(Reading&)>& job) override { real_.read_job(job); }

 private:
  Database& real_;
  std::function<void()> somebody_;
};

class Meanwhile : public Officials {
 protected:
  Meanwhile() { admin_ = put("admin", Role::security_admin, {}); }
  void invited_anew() {
    overtaken_.by(
        [this] { EXPECT_TRUE(invite_again(ground_, admin_.id, li_.id, "密码被人看到了", now_)); });
  }
  std::string changed(std::string_view token) {
    return key_of(change_password(slow_.ground(), li_, token, Sealed<std::string>(password),
                                  Sealed<std::string>(fresh), now_));
  }
  std::string signed_in(const char* typed) {
    return key_of(sessions_.sign_in("li", Sealed<std::string>(typed), now_));
  }
  std::int64_t sessions() {
    return database_->read([&](Reading& reading) {
      return *reading.first("SELECT count(*) FROM session WHERE region_id = ?1 AND account_id = ?2",
                            {param(region_), param(li_.id)},
                            [](const Row& row) { return row.integer(0); });
    });
  }

  static constexpr const char* fresh = "meadow lark at dawn";
  Account admin_;
  Overtaken overtaken_{*database_};
  Sessions slow_{overtaken_, region_, entropy_, hasher_, {Key{1}, Key{2}}};
};

TEST_F(Meanwhile, WhoWasInvitedAnewIsNotOpenedToTheOldPassword) {
  enrol(li_);
  invited_anew();
  EXPECT_EQ(key_of(slow_.sign_in("li", Sealed<std::string>(password), now_)),
            "accounts.wrong_login");
  EXPECT_EQ(sessions(), 0);  // one would be open to whoever enrols an app of their own
}

TEST_F(Meanwhile, WhoWasInvitedAnewDoesNotGetAPasswordFromBefore) {
  const std::string token = open(li_);
  invited_anew();
  EXPECT_EQ(changed(token), "accounts.wrong_password");
  EXPECT_EQ(sessions(), 0);
  EXPECT_EQ(signed_in(fresh), "accounts.wrong_login");
}

TEST_F(Meanwhile, WhoseSessionsWereEndedChangesNoPassword) {
  const std::string token = open(li_);
  overtaken_.by(
      [this] { EXPECT_TRUE(end_sessions(ground_, admin_.id, li_.id, "电脑丢了", now_)); });
  EXPECT_EQ(changed(token), "accounts.sign_in_first");
  EXPECT_EQ(signed_in(fresh), "accounts.wrong_login");
  EXPECT_EQ(signed_in(password), "done");
}

}  // namespace
}  // namespace minhu::accounts
