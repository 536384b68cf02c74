#include "features/accounts/test_officials.h"

namespace minhu::accounts {
namespace {

// RFC 6238, appendix B: the secret is the ASCII text, the last six of its eight digits.
TEST(Totp, GivesTheCodesOfTheStandard) {
  const Bytes secret = to_bytes("12345678901234567890");
  const std::pair<std::int64_t, const char*> vectors[] = {
      {59, "287082"},         {1111111109, "081804"}, {1111111111, "050471"},
      {1234567890, "005924"}, {2000000000, "279037"}, {20000000000, "353130"}};
  for (const auto& [seconds, code] : vectors) {
    EXPECT_EQ(totp_code(secret, totp_step({seconds * 1000})), code) << seconds;
  }
}

TEST(Totp, TakesTheStepBeforeAndAfterAndNoneTwice) {
  const Bytes secret = to_bytes("12345678901234567890");
  const Instant now{1'760'000'000'000};
  const std::int64_t step = totp_step(now);
  for (const std::int64_t offset : {-2, -1, 0, 1, 2}) {
    const auto found = matching_step(secret, totp_code(secret, step + offset), now, 0);
    EXPECT_EQ(found.has_value(), offset >= -1 && offset <= 1) << offset;
  }
  EXPECT_FALSE(matching_step(secret, totp_code(secret, step), now, step));
  EXPECT_FALSE(matching_step(secret, totp_code(secret, step - 1), now, step));
  EXPECT_TRUE(matching_step(secret, totp_code(secret, step + 1), now, step));
  const std::string code = totp_code(secret, step);
  EXPECT_TRUE(matching_step(secret, code.substr(0, 3) + " " + code.substr(3), now, 0));
  EXPECT_FALSE(matching_step(secret, "", now, 0));
}

TEST(Totp, TheAddressForTheAppHoldsWhatTheAppNeeds) {
  // RFC 4648, section 10.
  EXPECT_EQ(to_base32(as_bytes("foobar")), "MZXW6YTBOI");
  EXPECT_EQ(to_base32(as_bytes("fooba")), "MZXW6YTB");
  EXPECT_EQ(otpauth_uri(as_bytes("foobar"), "民呼", "li.wei"),
            "otpauth://totp/%E6%B0%91%E5%91%BC:li.wei?secret=MZXW6YTBOI&issuer=%E6%B0%91%E5%91%BC"
            "&algorithm=SHA1&digits=6&period=30");
}

class SecondFactors : public Officials {
 protected:
  bool has_one() {
    return database_->read(
        [&](Reading& reading) { return has_second_factor(reading, region_, li_.id); });
  }
  std::string present(const std::string& code) {
    return key_of(present_code(ground_, li_, code, now_));
  }
};

TEST_F(SecondFactors, AreEnrolledOnceAndThenTenCodesAreShown) {
  EXPECT_EQ(present("123456"), "accounts.enrol_first");
  const auto dropped = begin_enrolment(ground_, li_, "民呼");
  const auto enrolment = begin_enrolment(ground_, li_, "民呼");
  EXPECT_NE(dropped->secret, enrolment->secret);
  EXPECT_FALSE(has_one());
  EXPECT_EQ(present(code(from_base32(dropped->secret))), "accounts.wrong_code");
  const Bytes secret = from_base32(enrolment->secret);
  const auto codes = present_code(ground_, li_, code(secret), now_);
  ASSERT_TRUE(codes);
  EXPECT_EQ(std::set<std::string>(codes->begin(), codes->end()).size(), 10U);
  EXPECT_TRUE(has_one());
  EXPECT_EQ(begin_enrolment(ground_, li_, "民呼").error().key, "accounts.second_factor_is_set");
  EXPECT_EQ(present(code(secret)), "accounts.wrong_code");  // this step has been used
  pass(30'000);
  EXPECT_TRUE(present_code(ground_, li_, code(secret), now_)->empty());
}

TEST_F(SecondFactors, ARecoveryCodeIsGoodOnceAndMayBeTypedAnyhow) {
  enrol(li_);
  std::string typed = codes_[0];
  for (char& c : typed) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  std::erase(typed, '-');
  EXPECT_EQ(present(typed), "done");
  EXPECT_EQ(present(codes_[0]), "accounts.wrong_code");
  EXPECT_EQ(present(codes_[1]), "done");
  const auto left = database_->read(
      [&](Reading& reading) { return recovery_codes_left(reading, region_, li_.id); });
  EXPECT_EQ(left, 8);
  const Account wang = put("wang", Role::clerk, housing_);
  const auto others = codes_;
  enrol(wang);
  EXPECT_EQ(key_of(present_code(ground_, wang, others[2], now_)), "accounts.wrong_code");
}

TEST_F(SecondFactors, NewRecoveryCodesNeedTheAppAndEndTheOldOnes) {
  const Bytes secret = enrol(li_);
  const auto old = codes_;
  EXPECT_EQ(key_of(replace_recovery_codes(ground_, li_, old[0], now_)), "accounts.wrong_code");
  const auto fresh = replace_recovery_codes(ground_, li_, code(secret), now_);
  ASSERT_TRUE(fresh);
  EXPECT_EQ(present(old[1]), "accounts.wrong_code");
  EXPECT_EQ(present((*fresh)[1]), "done");
}

TEST_F(SecondFactors, FiveWrongCodesMakeTheNextOneWaitHoweverManyClientsAskAtOnce) {
  const Bytes secret = enrol(li_);
  for (int i = 0; i < 5; ++i) EXPECT_EQ(present("000000"), "accounts.wrong_code");
  const auto refused = present_code(ground_, li_, code(secret), now_);
  EXPECT_EQ(refused.error().key, "accounts.too_many_codes");
  EXPECT_EQ(refused.error().details.at("seconds"), "30");
  pass(30'000);
  EXPECT_EQ(present("000000"), "accounts.wrong_code");
  pass(59'000);
  EXPECT_EQ(present(code(secret)), "accounts.too_many_codes");
  pass(1'000);
  EXPECT_EQ(present(code(secret)), "done");
  EXPECT_EQ(present("000000"), "accounts.wrong_code");  // counted from the start again
  pass(30'000);
  EXPECT_EQ(present(code(secret)), "done");
}

TEST_F(SecondFactors, NothingInTheDatabaseMakesACode) {
  const auto enrolment = begin_enrolment(ground_, li_, "民呼");
  const Bytes secret = from_base32(enrolment->secret);
  const auto sealed = database_->read([&](Reading& reading) {
    return reading.first(
        "SELECT sealed_secret FROM second_factor WHERE region_id = ?1 AND account_id = ?2",
        {param(region_), param(li_.id)},
        [](const Row& row) { return Bytes(row.bytes(0).begin(), row.bytes(0).end()); });
  });
  ASSERT_TRUE(sealed);
  EXPECT_EQ(std::search(sealed->begin(), sealed->end(), secret.begin(), secret.end()),
            sealed->end());
  // Another installation's key opens nothing.
  const Ground other{*database_, region_, entropy_, hasher_, {Key{9}, Key{2}}};
  EXPECT_EQ(key_of(present_code(other, li_, code(secret), now_)), "kernel.cannot_open");
}

}  // namespace
}  // namespace minhu::accounts
