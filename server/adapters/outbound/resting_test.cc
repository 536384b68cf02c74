#include "adapters/outbound/resting.h"

#include <gtest/gtest.h>

#include <set>

#include "adapters/system/system.h"

namespace minhu::outbound {
namespace {

class Ways final : public Outbound {
 public:
  Outcome send(const OutboundMessage& message) override {
    ++asked[message.way];
    if (message.text == "no address") return fail(FaultCode::invalid_input, "outbound.bad_address");
    if (down.contains(message.way)) return fail(FaultCode::unavailable, "outbound.not_reached");
    return {};
  }
  std::set<OutboundWay> down;
  std::map<OutboundWay, int> asked;
};

class RestingTest : public ::testing::Test {
 protected:
  std::string send(OutboundWay way, const char* text = "您有一条答复") {
    const Outcome sent = resting_.send({"id", way, Sealed<std::string>("13900001111"), "", text});
    return sent ? "sent" : sent.error().key;
  }
  void pass_seconds(std::int64_t seconds) { clock_.set({clock_.now().unix_ms + seconds * 1'000}); }

  Ways ways_;
  system::ManualClock clock_{*parse_instant("2026-03-02 09:00")};
  Resting resting_{ways_, clock_};
};

TEST_F(RestingTest, AWayThatDoesNotAnswerIsAskedEverMoreSeldomAndTheOthersAsBefore) {
  ways_.down.insert(OutboundWay::sms);
  std::vector<std::int64_t> asked_at;
  for (std::int64_t second = 0; second < 1'200; ++second) {
    const int before = ways_.asked[OutboundWay::sms];
    EXPECT_NE(send(OutboundWay::sms), "sent");
    if (ways_.asked[OutboundWay::sms] != before) asked_at.push_back(second);
    EXPECT_EQ(send(OutboundWay::mail), "sent");
    pass_seconds(1);
  }
  EXPECT_EQ(asked_at, (std::vector<std::int64_t>{0, 10, 40, 100, 220, 520, 820, 1'120}));
  EXPECT_EQ(send(OutboundWay::sms), way_left_alone);
  EXPECT_EQ(resting_.down(), std::vector{OutboundWay::sms});
}

TEST_F(RestingTest, WhatGoesThroughOnceEndsThePauses) {
  ways_.down.insert(OutboundWay::sms);
  for (int number = 0; number < 4; ++number) {
    EXPECT_EQ(send(OutboundWay::sms), "outbound.not_reached");
    pass_seconds(300);
  }
  ways_.down.clear();
  EXPECT_EQ(send(OutboundWay::sms), "sent");
  EXPECT_TRUE(resting_.down().empty());
  EXPECT_EQ(send(OutboundWay::sms), "sent");
  ways_.down.insert(OutboundWay::sms);
  EXPECT_EQ(send(OutboundWay::sms), "outbound.not_reached");
  pass_seconds(10);
  EXPECT_EQ(send(OutboundWay::sms), "outbound.not_reached") << "the pauses begin anew";
}

TEST_F(RestingTest, AnAddressThatIsNoneSaysNothingOfItsWay) {
  EXPECT_EQ(send(OutboundWay::sms, "no address"), "outbound.bad_address");
  EXPECT_TRUE(resting_.down().empty());
  EXPECT_EQ(send(OutboundWay::sms), "sent");
}

TEST_F(RestingTest, AClockThatWasSetBackMakesNoPauseLonger) {
  ways_.down.insert(OutboundWay::sms);
  EXPECT_EQ(send(OutboundWay::sms), "outbound.not_reached");
  pass_seconds(-24 * 3'600);
  EXPECT_EQ(send(OutboundWay::sms), "outbound.not_reached");
}

}  // namespace
}  // namespace minhu::outbound
