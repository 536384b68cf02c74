#include "app/jobs.h"

#include <gtest/gtest.h>

#include <atomic>

namespace minhu::app {
namespace {

void wait_for(const std::atomic<int>& count, int wanted) {
  while (count < wanted) std::this_thread::sleep_for(std::chrono::milliseconds(1));
}

TEST(Jobs, WhatWasDoneHereIsDoneAgainWhenTheTurnComesBack) {
  std::atomic<bool> ours = true;
  std::atomic<int> looked = 0;
  std::atomic<int> done = 0;
  Jobs jobs([&] {
    ++looked;
    return ours.load();
  });
  jobs.every(std::chrono::hours(1), "what others leave", [&] { ++done; });
  jobs.start();
  wait_for(done, 1);
  ours = false;
  wait_for(looked, looked + 2);  // it has seen that the turn is another's
  EXPECT_EQ(done, 1);
  ours = true;
  wait_for(done, 2);
  jobs.stop();
  EXPECT_EQ(done, 2);
}

}  // namespace
}  // namespace minhu::app
