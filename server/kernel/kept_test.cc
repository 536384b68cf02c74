#include "kernel/kept.h"

#include <gtest/gtest.h>

#include <future>
#include <stdexcept>
#include <thread>
#include <vector>

#include "kernel/giving_way.h"

namespace minhu {
namespace {

constexpr std::int64_t for_ms = 1000;

std::shared_ptr<const int> number(int value) {
  return std::make_shared<const int>(value);
}

TEST(Kept, IsMadeAnewWhenItIsTooOldOrOfAnotherTime) {
  Kept<int> kept(for_ms);
  int made = 0;
  const auto at = [&](std::int64_t ms) {
    return *kept.of(Instant{ms}, [&] { return number(++made); });
  };
  EXPECT_EQ(at(5000), 1);
  EXPECT_EQ(at(5999), 1);
  EXPECT_EQ(at(6000), 2);
  EXPECT_EQ(at(5999), 3);  // the clock went back
}

TEST(Kept, IsRenewedBeforeItIsTooOld) {
  Kept<int> kept(for_ms);
  kept.renew(Instant{0}, [] { return number(1); });
  const auto not_called = [] {
    ADD_FAILURE() << "nobody should have to make it";
    return number(0);
  };
  EXPECT_EQ(*kept.of(Instant{900}, not_called), 1);
  kept.renew(Instant{900}, [] { return number(2); });
  EXPECT_EQ(*kept.of(Instant{1800}, not_called), 2);
}

TEST(Kept, WhileOneMakesItAnewTheOthersHaveTheOldOne) {
  Kept<int> kept(for_ms);
  (void)kept.of(Instant{0}, [] { return number(1); });
  std::promise<void> go_on;
  std::promise<void> begun;
  std::thread maker([&] {
    EXPECT_EQ(*kept.of(Instant{2000},
                       [&] {
                         begun.set_value();
                         go_on.get_future().wait();
                         return number(2);
                       }),
              2);
  });
  begun.get_future().wait();
  const auto not_called = [] {
    ADD_FAILURE() << "made twice";
    return number(0);
  };
  EXPECT_EQ(*kept.of(Instant{2000}, not_called), 1);
  go_on.set_value();
  maker.join();
  EXPECT_EQ(*kept.of(Instant{2000}, not_called), 2);
}

TEST(Kept, BeforeThereIsAnyAllWaitForTheOneThatMakesIt) {
  Kept<int> kept(for_ms);
  std::promise<void> begun;
  std::promise<void> go_on;
  std::thread maker([&] {
    (void)kept.of(Instant{0}, [&] {
      begun.set_value();
      go_on.get_future().wait();
      return number(1);
    });
  });
  begun.get_future().wait();
  std::vector<std::future<int>> others;
  for (int i = 0; i < 4; ++i) {
    others.push_back(std::async(std::launch::async,
                                [&] { return *kept.of(Instant{0}, [] { return number(2); }); }));
  }
  go_on.set_value();
  maker.join();
  for (auto& other : others) EXPECT_EQ(other.get(), 1);
}

TEST(Kept, WhatAllWaitForIsNotMadeByAThreadThatGivesWay) {
  std::thread([] {
    ASSERT_TRUE(give_way());
    Kept<int> kept(for_ms);
    bool gave_way = true;
    const auto make = [&] {
      gave_way = gives_way();
      return number(1);
    };
    kept.renew(Instant{0}, make);
    EXPECT_FALSE(gave_way);
    // From then on whoever asks has the old one.
    kept.renew(Instant{900}, make);
    EXPECT_TRUE(gave_way);
  }).join();
}

TEST(Kept, WhatCannotBeMadeIsTriedAgainByTheNext) {
  Kept<int> kept(for_ms);
  const auto fails = []() -> std::shared_ptr<const int> { throw std::runtime_error("no disk"); };
  EXPECT_THROW((void)kept.of(Instant{0}, fails), std::runtime_error);
  EXPECT_EQ(*kept.of(Instant{0}, [] { return number(1); }), 1);
  EXPECT_THROW((void)kept.of(Instant{2000}, fails), std::runtime_error);
  EXPECT_EQ(*kept.of(Instant{2000}, [] { return number(2); }), 2);
}

}  // namespace
}  // namespace minhu
