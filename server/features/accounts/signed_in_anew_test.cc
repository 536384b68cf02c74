#include "features/accounts/signed_in_anew.h"

#include <gtest/gtest.h>

#include "adapters/system/system.h"

namespace minhu::accounts {
namespace {

class SignedInAnew : public ::testing::Test {
 protected:
  SignedInAnew() { start_crypto(); }
  std::string cookie() const {
    const std::string header = anew_cookie_header(keys_, li_, page, now_);
    const auto start = header.find('=') + 1;
    return header.substr(start, header.find(';') - start);
  }
  bool holds(const std::string& cookie, std::int64_t later_ms = 0) const {
    return is_signed_in_anew(keys_, cookie, li_, page, {now_.unix_ms + later_ms});
  }

  static constexpr const char* page = "/desk/relays/1";
  Instant now_{1'760'000'000'000};
  system::SeededEntropy entropy_{1};
  Keys keys_{Key{1}, Key{2}};
  AccountId li_ = entropy_.id<AccountId>(now_);
  AccountId wang_ = entropy_.id<AccountId>(now_);
};

TEST_F(SignedInAnew, HoldsForFiveMinutesAndForServersWhoseClockIsBehind) {
  EXPECT_TRUE(holds(cookie()));
  EXPECT_TRUE(holds(cookie(), anew_ms - 1));
  EXPECT_FALSE(holds(cookie(), anew_ms));
  EXPECT_TRUE(holds(cookie(), -anew_skew_ms));
  EXPECT_FALSE(holds(cookie(), -anew_skew_ms - 1));
}

TEST_F(SignedInAnew, HoldsForNobodyElseAndForNoOtherPage) {
  EXPECT_FALSE(is_signed_in_anew(keys_, cookie(), wang_, page, now_));
  EXPECT_FALSE(is_signed_in_anew(keys_, cookie(), li_, "/desk/relays/2", now_));
  EXPECT_FALSE(is_signed_in_anew({Key{1}, Key{3}}, cookie(), li_, page, now_));
}

TEST_F(SignedInAnew, IsNothingThatABrowserMakesUp) {
  const std::string good = cookie();
  const std::string hash = good.substr(good.find('.'));
  for (const std::string& made_up :
       {std::string(), std::string("."), hash, std::string("x") + hash,
        std::to_string(now_.unix_ms + 1) + hash, std::to_string(now_.unix_ms) + ".",
        std::string("99999999999999999999") + hash, good + "x", good + "."}) {
    EXPECT_FALSE(holds(made_up)) << made_up;
  }
}

TEST_F(SignedInAnew, TravelsAloneWithRequestsOfOurOwnPages) {
  const std::string header = anew_cookie_header(keys_, li_, page, now_);
  EXPECT_TRUE(header.starts_with("__Host-minhu-anew="));
  EXPECT_TRUE(header.ends_with("; Path=/; Max-Age=300; Secure; HttpOnly; SameSite=Strict"));
}

}  // namespace
}  // namespace minhu::accounts
