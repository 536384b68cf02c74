// For tests: a county with a unit, and officials whose second factor is a program's.
#pragma once

#include <gtest/gtest.h>

#include "adapters/system/system.h"
#include "adapters/test_storage/test_database.h"
#include "features/accounts/account_log.h"
#include "features/accounts/accounts.h"
#include "features/accounts/administration.h"
#include "features/accounts/second_factor.h"
#include "features/accounts/totp.h"
#include "features/places_and_units/places_and_units.h"

namespace minhu::accounts {

// The secret as an app stores it after reading the QR code.
inline Bytes from_base32(std::string_view text) {
  static constexpr std::string_view letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  Bytes out;
  std::uint32_t waiting = 0;
  int bits = 0;
  for (const char c : text) {
    waiting = (waiting << 5U) | static_cast<std::uint32_t>(letters.find(c));
    bits += 5;
    if (bits < 8) continue;
    bits -= 8;
    out.push_back(static_cast<std::uint8_t>(waiting >> static_cast<unsigned>(bits)));
    waiting &= (1U << static_cast<unsigned>(bits)) - 1U;
  }
  return out;
}

class Officials : public ::testing::Test {
 protected:
  static constexpr const char* password = "correct horse battery";

  Officials() {
    start_crypto();
    housing_ = put_unit("housing", "住建局");
    water_ = put_unit("water", "水利局");
    li_ = put("li", Role::handler, housing_);
  }
  UnitId put_unit(const char* code, const char* name) {
    places_and_units::Unit unit;
    unit.id = entropy_.id<UnitId>(now_);
    unit.code = code;
    unit.name = name;
    EXPECT_TRUE(database_->write_job([&](Transaction& transaction) -> Outcome {
      places_and_units::put_unit(transaction, region_, unit);
      return {};
    }));
    return unit.id;
  }
  Account put(const char* login, Role role, UnitId unit) {
    static const std::string hash = *PasswordHasher().hash(Sealed<std::string>(password));
    Account account{entropy_.id<AccountId>(now_), login, "某某", {role, unit, {}}};
    account.principal.account = account.id;
    EXPECT_TRUE(database_->write([&](Transaction& transaction) {
      return create_account(transaction, region_, account, hash, now_);
    }));
    return account;
  }
  // Gives the secret that the app then has.
  Bytes enrol(const Account& account) {
    const auto enrolment = begin_enrolment(ground_, account, "民呼 青溪县");
    EXPECT_TRUE(enrolment);
    const Bytes secret = from_base32(enrolment->secret);
    const auto codes = present_code(ground_, account, code(secret), now_);
    EXPECT_TRUE(codes) << codes.error().key;
    codes_ = *codes;
    pass(30'000);
    return secret;
  }
  std::string code(const Bytes& secret) const { return totp_code(secret, totp_step(now_)); }
  std::string half_open(const char* login) {
    const auto token = sessions_.sign_in(login, Sealed<std::string>(password), now_);
    EXPECT_TRUE(token);
    return token.value_or("");
  }
  std::string open(const Account& account) {
    return *sessions_.open_for(account, SecondFactor::given, now_);
  }
  void pass(std::int64_t ms) { now_.unix_ms += ms; }
  std::vector<AccountEvent> log() {
    return database_->read(
        [&](Reading& reading) { return account_events(reading, region_, {}, 100); });
  }
  static std::string key_of(const Outcome& outcome) {
    return outcome ? "done" : outcome.error().key;
  }
  template <class T>
  static std::string key_of(const Result<T>& result) {
    return result ? "done" : result.error().key;
  }

  RegionId region_{330726};
  Instant now_{1'760'000'000'000};
  system::SeededEntropy entropy_{1};
  test_storage::TestDatabase database_{{places_and_units::migrations(), migrations()}};
  PasswordHasher hasher_{nearly_free_for_tests};
  Sessions sessions_{*database_, region_, entropy_, hasher_, {Key{1}, Key{2}}};
  const Ground& ground_ = sessions_.ground();
  UnitId housing_;
  UnitId water_;
  Account li_;
  RecoveryCodes codes_;
};

}  // namespace minhu::accounts
