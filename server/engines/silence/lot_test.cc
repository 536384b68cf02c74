#include "engines/silence/lot.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>

namespace minhu::silence {
namespace {

Key seed_of(std::uint8_t number) {
  Key seed{};
  seed[0] = number;
  seed[9] = 77;
  return seed;
}

std::vector<Ticket> villages(int number) {
  std::vector<Ticket> tickets;
  for (int i = 0; i < number; ++i) tickets.push_back({"v" + std::to_string(i), 1});
  return tickets;
}

class SilenceLot : public testing::Test {
 protected:
  void SetUp() override { start_crypto(); }
};

TEST_F(SilenceLot, WhoeverHasTheSeedDrawsTheSame) {
  const auto tickets = villages(50);
  const Digest published = commitment(seed_of(1), "2026-12", tickets);
  const auto drawn = *draw(seed_of(1), "2026-12", "081422", tickets, 6);
  ASSERT_EQ(drawn.size(), 6U);
  EXPECT_TRUE(verify(published, seed_of(1), "2026-12", "081422", tickets, drawn));
  auto shuffled = tickets;
  std::reverse(shuffled.begin(), shuffled.end());
  EXPECT_TRUE(verify(published, seed_of(1), "2026-12", "081422", shuffled, drawn));
}

TEST_F(SilenceLot, AnotherSeedRoundListOrResultIsFound) {
  const auto tickets = villages(50);
  const Digest published = commitment(seed_of(1), "2026-12", tickets);
  auto drawn = *draw(seed_of(1), "2026-12", "081422", tickets, 6);
  const auto key = [&](const Key& seed, std::string_view round, std::string_view beacon,
                       const std::vector<Ticket>& list) {
    const auto outcome = verify(published, seed, round, beacon, list, drawn);
    return outcome ? std::string() : outcome.error().key;
  };
  EXPECT_EQ(key(seed_of(2), "2026-12", "081422", tickets), "silence.lot_other_seed");
  EXPECT_EQ(key(seed_of(1), "2027-01", "081422", tickets), "silence.lot_other_seed");
  EXPECT_EQ(key(seed_of(1), "2026-12", "081422", villages(49)), "silence.lot_other_seed");
  auto heavier = tickets;
  heavier[3].weight = 2;
  EXPECT_EQ(key(seed_of(1), "2026-12", "081422", heavier), "silence.lot_other_seed");
  EXPECT_EQ(key(seed_of(1), "2026-12", "081423", tickets), "silence.lot_other_places");
  std::swap(drawn[0], drawn[1]);
  EXPECT_EQ(key(seed_of(1), "2026-12", "081422", tickets), "silence.lot_other_places");
}

TEST_F(SilenceLot, NobodyIsDrawnTwiceAndWhoWeighsNothingNever) {
  auto tickets = villages(5);
  tickets[2].weight = 0;
  auto drawn = *draw(seed_of(3), "r", "", tickets, 9);
  EXPECT_EQ(drawn.size(), 4U);
  std::sort(drawn.begin(), drawn.end());
  EXPECT_EQ(std::unique(drawn.begin(), drawn.end()), drawn.end());
  EXPECT_EQ(std::count(drawn.begin(), drawn.end(), "v2"), 0);
}

TEST_F(SilenceLot, ChancesAreAsTheWeights) {
  std::vector<Ticket> tickets{{"a", 1}, {"b", 2}, {"c", 7}};
  std::map<std::string, int> first;
  for (int i = 0; i < 20'000; ++i) {
    ++first[draw(seed_of(4), std::to_string(i), "", tickets, 1)->front()];
  }
  EXPECT_NEAR(first["a"], 2000, 200);  // more than four deviations
  EXPECT_NEAR(first["b"], 4000, 260);
  EXPECT_NEAR(first["c"], 14'000, 300);
}

TEST_F(SilenceLot, NonsenseIsRefused) {
  EXPECT_EQ(draw(seed_of(1), "r", "", {{"a", 1}, {"a", 1}}, 1).error().key, "silence.bad_lot");
  EXPECT_EQ(draw(seed_of(1), "r", "", {{"a", -1}}, 1).error().key, "silence.bad_lot");
  EXPECT_EQ(draw(seed_of(1), "r", "", {{"a", INT64_MAX}, {"b", 1}}, 1).error().key,
            "silence.bad_lot");
  EXPECT_TRUE(draw(seed_of(1), "r", "", {}, 3)->empty());
}

}  // namespace
}  // namespace minhu::silence
