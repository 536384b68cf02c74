#include "kernel/giving_way.h"

#include <gtest/gtest.h>
#include <sched.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

namespace minhu {
namespace {

// As the system tells it: field 19 of /proc/self/task/…/stat, counted from behind the name of the
// program, which may hold spaces.
int niceness_of(pid_t thread) {
  std::ifstream file("/proc/self/task/" + std::to_string(thread) + "/stat");
  std::string line;
  std::getline(file, line);
  std::istringstream fields(line.substr(line.rfind(')') + 1));
  std::string field;
  for (int place = 3; place <= 19; ++place) fields >> field;
  return std::stoi(field);
}

TEST(GivingWay, TheThreadHasLittleOfTheProcessorAndTheOthersKeepTheirs) {
  const int before = niceness_of(::gettid());
  const int expected = std::min(before + giving_way_niceness, 19);
  bool gave_way = false;
  bool said_so_before = true;
  bool says_so = false;
  int found = 0;
  std::thread([&] {
    said_so_before = gives_way();
    gave_way = give_way();
    says_so = gives_way();
    found = niceness_of(::gettid());
    EXPECT_TRUE(give_way());  // once more is no more
    EXPECT_EQ(niceness_of(::gettid()), found);
  }).join();
  EXPECT_FALSE(said_so_before);
  EXPECT_TRUE(gave_way);
  EXPECT_TRUE(says_so);
  EXPECT_EQ(found, expected);
  EXPECT_EQ(niceness_of(::gettid()), before);
  EXPECT_FALSE(gives_way());
}

TEST(GivingWay, WhoeverOthersKeepFromTheProcessorKnowsIt) {
  std::thread([] {
    // One processor for this thread and those it starts.
    cpu_set_t one;
    CPU_ZERO(&one);
    CPU_SET(static_cast<std::size_t>(sched_getcpu()), &one);
    ASSERT_EQ(::sched_setaffinity(0, sizeof(one), &one), 0);
    const auto run_for = [](std::chrono::milliseconds wanted) {
      const ProcessorTime begun = processor_time();
      while (processor_time().ran - begun.ran < wanted) {
      }
    };
    if (processor_time().ran.count() == 0) GTEST_SKIP() << "the system does not tell";
    std::atomic<bool> over = false;
    std::vector<std::thread> others;
    for (int i = 0; i < 4; ++i) {
      others.emplace_back([&] {
        while (!over) {
        }
      });
    }
    const ProcessorTime beside_others = processor_time();
    run_for(std::chrono::milliseconds(50));
    EXPECT_TRUE(is_crowded_out(beside_others));
    over = true;
    for (std::thread& other : others) other.join();
  }).join();
}

TEST(GivingWay, WhatTakesALockIsDoneByAThreadThatDoesNotGiveWay) {
  const int before = niceness_of(::gettid());
  pid_t giving = 0;
  pid_t working = 0;
  int found = -100;
  std::thread([&] {
    giving = ::gettid();
    ASSERT_TRUE(give_way());
    for (int i = 0; i < 3; ++i) {
      in_full_turn([&] {
        working = ::gettid();
        found = niceness_of(working);
        EXPECT_FALSE(gives_way());
      });
    }
  }).join();
  EXPECT_NE(working, giving);
  EXPECT_EQ(found, before);
}

TEST(GivingWay, WhoeverDoesNotGiveWayWorksForItself) {
  pid_t working = 0;
  in_full_turn([&] { working = ::gettid(); });
  EXPECT_EQ(working, ::gettid());
}

TEST(GivingWay, WhatTheWorkThrowsReachesWhoeverAsked) {
  std::thread([] {
    ASSERT_TRUE(give_way());
    EXPECT_THROW(in_full_turn([] { throw std::runtime_error("no"); }), std::runtime_error);
    int done = 0;
    in_full_turn([&] { ++done; });
    EXPECT_EQ(done, 1);
  }).join();
}

}  // namespace
}  // namespace minhu
