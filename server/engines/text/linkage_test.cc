#include "engines/text/linkage.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "kernel/test_dice.h"

namespace minhu::text {
namespace {

TEST(Linkage, a_chain_of_likenesses_is_not_one_group) {
  Linkage chain;
  for (std::uint64_t key = 0; key < 8; ++key) chain.items.push_back({key, 1});
  for (std::uint32_t i = 0; i + 1 < 8; ++i) chain.pairs.push_back({i, i + 1, 700});
  const std::vector<std::uint32_t> first = link(chain);
  EXPECT_NE(first.front(), first.back());
  EXPECT_EQ(std::count(first.begin(), first.end(), first[0]), 2);
}

TEST(Linkage, what_must_be_together_is_and_what_must_be_apart_is_not) {
  Linkage linkage;
  for (std::uint64_t key = 0; key < 4; ++key) linkage.items.push_back({key, 1});
  linkage.pairs = {{0, 1, 1000}, {2, 3, 1000}, {1, 2, 1000},
                   {0, 2, 1000}, {0, 3, 1000}, {1, 3, 1000}};
  linkage.together = {{0, 1, 0}};
  linkage.apart = {{1, 2, 0}};
  const std::vector<std::uint32_t> first = link(linkage);
  EXPECT_EQ(first[0], first[1]);
  EXPECT_NE(first[1], first[2]);
}

TEST(Linkage, the_order_of_items_and_pairs_changes_nothing) {
  Dice dice(seed_of_this_run());
  for (int round = 0; round < 30; ++round) {
    constexpr std::uint32_t count = 40;
    Linkage linkage;
    std::vector<std::uint32_t> at(count);  // where the item with this key stands
    for (std::uint32_t key = 0; key < count; ++key) {
      linkage.items.push_back({key, static_cast<std::uint32_t>(dice.between(1, 3))});
      at[key] = key;
    }
    for (std::uint32_t a = 0; a < count; ++a) {
      for (std::uint32_t b = 0; b < a; ++b) {
        // Few different values, so that there are many ties.
        if (dice.between(0, 4) == 0) {
          linkage.pairs.push_back({a, b, static_cast<std::uint16_t>(dice.between(4, 10) * 100)});
        }
      }
    }
    const std::vector<std::uint32_t> expected = link(linkage);

    Linkage shuffled = linkage;
    for (std::uint32_t i = count - 1; i > 0; --i) {
      const auto j = static_cast<std::uint32_t>(dice.next() % (i + 1));
      std::swap(shuffled.items[i], shuffled.items[j]);
    }
    for (std::uint32_t i = 0; i < count; ++i) at[shuffled.items[i].key] = i;
    for (LinkagePair& pair : shuffled.pairs) {
      pair = {at[pair.b], at[pair.a], pair.alike};
    }
    std::reverse(shuffled.pairs.begin(), shuffled.pairs.end());
    const std::vector<std::uint32_t> got = link(shuffled);
    for (std::uint32_t key = 0; key < count; ++key) {
      EXPECT_EQ(shuffled.items[got[at[key]]].key, expected[key]);
    }
  }
}

}  // namespace
}  // namespace minhu::text
