#include "ports/reader_pool.h"

#include <gtest/gtest.h>

#include <atomic>
#include <latch>
#include <thread>

namespace minhu {
namespace {

struct Connection {
  int number = 0;
};

void fill(ReaderPool<Connection>& pool, int connections) {
  for (int i = 0; i < connections; ++i) pool.add(std::make_unique<Connection>(Connection{i}));
}

TEST(ReaderPool, WhatIsTakenIsNobodyElsesAndComesBack) {
  ReaderPool<Connection> pool;
  fill(pool, 2);
  {
    const auto first = pool.take();
    const auto second = pool.take();
    EXPECT_NE(first->number, second->number);
  }
  const auto third = pool.take();
  const auto fourth = pool.take();
  EXPECT_NE(third->number, fourth->number);
}

TEST(ReaderPool, WhoeverGivesWayLeavesHalfOfThemToTheOthers) {
  ReaderPool<Connection> pool;
  fill(pool, 4);
  std::latch two_have_one(2);
  std::latch may_end(1);
  std::atomic<bool> third_has_one = false;
  const auto hold = [&] {
    const auto held = pool.take();
    two_have_one.count_down();
    may_end.wait();
  };
  std::thread first([&] {
    ASSERT_TRUE(give_way());
    hold();
  });
  std::thread second([&] {
    ASSERT_TRUE(give_way());
    hold();
  });
  two_have_one.wait();
  std::thread third([&] {
    ASSERT_TRUE(give_way());
    const auto held = pool.take();
    third_has_one = true;
  });
  // A request is never held up by them, however often it comes, and they never have more.
  for (int i = 0; i < 1000; ++i) {
    const auto one = pool.take();
    const auto other = pool.take();
    EXPECT_NE(one->number, other->number);
  }
  EXPECT_FALSE(third_has_one);
  may_end.count_down();
  first.join();
  second.join();
  third.join();
  EXPECT_TRUE(third_has_one);
}

TEST(ReaderPool, WhoeverGivesWayMayReadWithinItsOwnRead) {
  ReaderPool<Connection> pool;
  fill(pool, 2);
  std::thread([&] {
    ASSERT_TRUE(give_way());
    const auto outer = pool.take();
    const auto inner = pool.take();
    EXPECT_NE(outer->number, inner->number);
  }).join();
}

TEST(ReaderPool, TheOnlyOneIsForWhoeverGivesWayToo) {
  ReaderPool<Connection> pool;
  fill(pool, 1);
  std::thread([&] {
    ASSERT_TRUE(give_way());
    EXPECT_EQ(pool.take()->number, 0);
  }).join();
  EXPECT_EQ(pool.take()->number, 0);
}

}  // namespace
}  // namespace minhu
