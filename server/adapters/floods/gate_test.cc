#include "adapters/floods/gate.h"

#include <gtest/gtest.h>

namespace minhu::floods {
namespace {

using std::chrono::seconds;

constexpr Instant start{1'700'000'000'000};

Instant after(std::int64_t minutes) {
  return {start.unix_ms + minutes * 60'000};
}

// Ten at once and sixty an hour together; four at once and sixty an hour each.
Limits small() {
  Limits limits;
  limits.together = {10, 60};
  limits.each = {4, 60};
  limits.bytes_a_permit = 100;
  return limits;
}

int let_in(Gate& gate, std::string_view client, int requests, Instant now) {
  int passed = 0;
  for (int i = 0; i < requests; ++i) passed += gate.pass(client, 0, now) == seconds(0) ? 1 : 0;
  return passed;
}

TEST(Gate, LooksAtNobodyWhileItIsCalm) {
  Gate gate(small());
  // One address with many people behind it takes all that there is.
  EXPECT_EQ(let_in(gate, "network", 10, start), 10);
  EXPECT_EQ(gate.held_back(), 0U);
}

TEST(Gate, WhoeverSentTheMostWaitsFirst) {
  Gate gate(small());
  let_in(gate, "flood", 10, start);
  EXPECT_EQ(let_in(gate, "flood", 5, start), 0);
  EXPECT_EQ(let_in(gate, "somebody", 5, start), 4);
  EXPECT_EQ(gate.held_back(), 6U);
  // A minute later there is one permit again, for the county and for each.
  EXPECT_EQ(let_in(gate, "somebody", 2, after(1)), 1);
}

TEST(Gate, TheWaitThatItTellsIsEnough) {
  Gate gate(small());
  let_in(gate, "flood", 10, start);
  const seconds wait = gate.pass("flood", 0, start);
  EXPECT_EQ(wait, seconds(60));
  // Others keep the county busy meanwhile.
  const Instant then{start.unix_ms + wait.count() * 1000};
  let_in(gate, "others", 4, then);
  EXPECT_EQ(gate.pass("flood", 0, then), seconds(0));
}

TEST(Gate, CountsFilesByTheirSize) {
  Gate gate(small());
  EXPECT_EQ(gate.pass("photos", 350, start), seconds(0));  // four permits
  EXPECT_EQ(let_in(gate, "others", 6, start), 6);
  EXPECT_EQ(gate.pass("photos", 350, start), seconds(240));
  // What is larger than a whole allowance passes once where nothing was sent before.
  EXPECT_EQ(gate.pass("a film", 100'000, start), seconds(0));
  EXPECT_EQ(gate.pass("a film", 0, start), seconds(60));
}

TEST(Gate, ThisMachineNeverWaits) {
  Gate gate(small());
  gate.leave_alone({"here"});
  EXPECT_EQ(let_in(gate, "here", 1000, start), 1000);
  EXPECT_EQ(let_in(gate, "somebody", 20, start), 10);
}

TEST(Gate, AClockSetBackHoldsUpNobodyForLonger) {
  Gate gate(small());
  let_in(gate, "flood", 10, start);
  EXPECT_EQ(gate.pass("flood", 0, after(-60)), seconds(60));
  EXPECT_EQ(gate.pass("flood", 0, after(-59)), seconds(0));
}

TEST(Gate, RemembersABoundedNumberAndForgetsTheQuietest) {
  Limits limits = small();
  limits.most_clients = 3;
  limits.each = {4, 1};
  Gate gate(limits);
  let_in(gate, "flood", 10, start);
  for (int i = 0; i < 50; ++i) (void)gate.pass("client " + std::to_string(i), 0, start);
  EXPECT_EQ(let_in(gate, "flood", 3, start), 0);
}

}  // namespace
}  // namespace minhu::floods
