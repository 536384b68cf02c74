// For tests: a county where handlers are named and reports are filed.
#pragma once

#include "features/accounts/interests.h"
#include "features/accounts/own_account.h"
#include "features/accusations/code.h"
#include "features/accusations/escrow.h"
#include "features/accusations/file_report.h"
#include "features/accusations/handle.h"
#include "features/accusations/keeping.h"
#include "features/accusations/look_after.h"
#include "features/cases/sealed_reports.h"
#include "features/cases/test_world.h"

namespace minhu::accusations {
inline constexpr const char* words = "王主任让我们交两千块钱才给盖章，收条在我手里。";
inline const Sealed<std::string> password{std::string("tall-green-bamboo-47")};
inline const Sealed<std::string> passphrase{std::string("seven herons over the weir")};

class FixedClock final : public Clock {
 public:
  explicit FixedClock(const Instant& now) : now_(now) {}
  Instant now() const override { return now_; }

 private:
  const Instant& now_;
};

class Seal : public cases::World {
 protected:
  Seal() : World(migrations()) {}

  accounts::Account official(const char* login, Role role) {
    accounts::Account account;
    account.login = login;
    account.display_name = login;
    account.principal = {role, housing_, {}};
    account.id = entropy_.id<accounts::AccountId>(now_);
    static const auto hash = hasher_.hash(password);
    write([&](Transaction& t) {
      ASSERT_TRUE(accounts::create_account(t, county_.region, account, *hash, now_));
    });
    account.principal.account = account.id;
    return account;
  }
  accounts::Account named(const char* login, const Sealed<std::string>& secret = passphrase) {
    accounts::Account account = official(login, Role::handler);
    write([&](Transaction& t) { ASSERT_TRUE(name_handler(t, ground_, security_, account.id)); });
    const auto made = make_key(ground_, accounts_ground_, account, password, secret);
    EXPECT_TRUE(made) << made.error().key;
    return account;
  }
  Report some_report(std::uint8_t token = 1) {
    Report report;
    report.token = {token, 9};
    report.words = words;
    return report;
  }
  Filed filed(Report report) {
    auto done = file_report(ground_, std::move(report));
    EXPECT_TRUE(done) << done.error().key << ' ' << done.error().field;
    return std::move(*done);
  }
  std::vector<Listed> list(const accounts::Account& of) {
    return database_->read([&](Reading& r) { return desk_of(r, ground_, of.principal).reports; });
  }
  std::int64_t count(std::string_view sql) {
    return *database_->read([&](Reading& r) {
      return r.first(sql, {}, [](const Row& row) { return row.integer(0); });
    });
  }
  // Whether these bytes lie anywhere in the database, as they are.
  bool stored(std::string_view needle) { return database_.holds(as_bytes(needle)); }

  FixedClock clock_{now_};
  cases::Installation installation_{*database_, county_, keyring_, entropy_, clock_};
  accounts::PasswordHasher hasher_{accounts::nearly_free_for_tests};
  Ground ground_{installation_, hasher_};
  accounts::Ground accounts_ground_{*database_, county_.region, entropy_, hasher_, {}};
  accounts::Principal security_{Role::security_admin, {}, entropy_.id<accounts::AccountId>(now_)};
};

}  // namespace minhu::accusations
