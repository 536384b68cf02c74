#include "features/accounts/password.h"

#include <gtest/gtest.h>

#include <atomic>
#include <thread>

#include "kernel/crypto.h"

namespace minhu::accounts {
namespace {

std::string told(const std::string& password, const std::vector<std::string>& names = {}) {
  const auto checked = check_password(Sealed<std::string>(password), names);
  return checked ? "taken" : checked.error().key;
}

TEST(Password, MayBeAnythingThatIsLongAndNotWhatOthersHave) {
  for (const char* good : {"correct horse battery", "山里的桂花开在九月初十夜", "vR7!kq pL0? mm",
                           "今晚吃什么好呢还是面条吧"}) {
    EXPECT_EQ(told(good), "taken") << good;
  }
  EXPECT_EQ(told(std::string(30, 'a') + " longer than sixty-four characters must be fine as well"),
            "taken");
  EXPECT_EQ(told("eleven char"), "accounts.password_short");
  EXPECT_EQ(told("十一个字的密码也不够长"), "accounts.password_short");
  EXPECT_EQ(told(std::string(1001, 'x')), "accounts.password_long");
  EXPECT_EQ(told("\xFF\xFE not text at all"), "accounts.password_not_text");
}

TEST(Password, IsRefusedWhenManyHaveItWhateverIsPutAround) {
  for (const char* common :
       {"123456789012", "111111111111", "abcabcabcabc", "qwertyuiopas", "poiuytrewqaa1234",
        "1qaz2wsx3edc4rfv", "Administrator", "administrator2026", "Password-1234", "2024Password!",
        "woaini1314520", "passw0rd20261125", "202611251234", "zyxwvutsrqponm", "aaaabbbbaaaa"}) {
    EXPECT_EQ(told(common),
              std::string_view(common) == "poiuytrewqaa1234" ? "taken" : "accounts.password_common")
        << common;
  }
}

TEST(Password, DoesNotHoldTheNameOfThePersonTheCountyOrTheUnit) {
  const std::vector<std::string> names{"zhang.wei", "张伟国", "青溪县", "住建局", "li"};
  EXPECT_EQ(told("my-Zhang-Wei-is-here", names), "accounts.password_has_name");
  EXPECT_EQ(told("我爱青溪县的山水和人们", names), "accounts.password_short");
  EXPECT_EQ(told("我爱青溪县的山水和人们呀", names), "accounts.password_has_name");
  EXPECT_EQ(told("lizards like lilac light", names), "taken");  // two letters say nothing
}

TEST(PasswordHasher, KeepsAPasswordSoThatItCanOnlyBeCompared) {
  start_crypto();
  PasswordHasher hasher;
  const auto hash = hasher.hash(Sealed<std::string>("correct horse battery"));
  ASSERT_TRUE(hash);
  EXPECT_EQ(hash->rfind("$argon2id$", 0), 0U);
  EXPECT_EQ(hash->find("horse"), std::string::npos);
  EXPECT_TRUE(*hasher.verify(*hash, Sealed<std::string>("correct horse battery")));
  EXPECT_FALSE(*hasher.verify(*hash, Sealed<std::string>("correct horse batterz")));
  EXPECT_FALSE(*hasher.verify("", Sealed<std::string>("correct horse battery")));
  EXPECT_EQ(hasher.hash(Sealed<std::string>("short")).error().key, "accounts.password_short");
}

// Two run, fifty wait, and whoever comes then is told so at once instead of making it worse.
TEST(PasswordHasher, RefusesTheFiftyThirdAtOnceAndServesAllWhoWait) {
  start_crypto();
  PasswordHasher hasher;
  constexpr int room = PasswordHasher::most_running + PasswordHasher::most_waiting;
  constexpr int more = 12;
  std::atomic<int> served{0};
  std::atomic<int> refused{0};
  std::vector<std::thread> all;
  for (int i = 0; i < room + more; ++i) {
    all.emplace_back([&] {
      const auto outcome = hasher.pretend(Sealed<std::string>("x"));
      if (outcome) {
        ++served;
      } else {
        EXPECT_EQ(outcome.error().key, "accounts.busy");
        EXPECT_EQ(outcome.error().code, FaultCode::unavailable);
        ++refused;
      }
    });
  }
  for (std::thread& thread : all) thread.join();
  EXPECT_EQ(served + refused, room + more);
  EXPECT_GE(served, room);
  EXPECT_GT(refused, 0);  // twelve more cannot all have found a place in the time of a hash
}

}  // namespace
}  // namespace minhu::accounts
