#include "adapters/http_beast/beat.h"

#include <gtest/gtest.h>

namespace minhu::http_beast {
namespace {

using namespace std::chrono_literals;

TEST(Beat, AnswersThatTookALittleMoreOrLessGoOutTogether) {
  const Time beat(7'000ms);
  EXPECT_EQ(end_of_hold(beat + 130us, 1ms), beat + 2ms);
  EXPECT_EQ(end_of_hold(beat + 131300ns, 1ms), beat + 2ms);
  EXPECT_EQ(end_of_hold(beat + 999us, 1ms), beat + 2ms);
}

TEST(Beat, NobodyIsAnsweredBeforeTheHoldIsOver) {
  const Time beat(7'000ms);
  EXPECT_EQ(end_of_hold(beat, 300ms), beat + 300ms);
  EXPECT_EQ(end_of_hold(beat + 1ns, 300ms), beat + 301ms);
}

}  // namespace
}  // namespace minhu::http_beast
