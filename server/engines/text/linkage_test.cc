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

// As it is defined: of all groups the two that are most alike on average, again and again.
std::vector<std::uint64_t> linked_by_all(const Linkage& linkage) {
  struct Group {
    std::uint64_t key = 0;
    std::uint64_t size = 0;
    bool there = true;
  };
  const std::size_t count = linkage.items.size();
  std::vector<Group> groups;
  std::vector<std::vector<std::uint64_t>> sum(count, std::vector<std::uint64_t>(count));
  std::vector<std::vector<bool>> apart(count, std::vector<bool>(count));
  std::vector<std::size_t> group_of(count);
  for (std::size_t i = 0; i < count; ++i) {
    groups.push_back({linkage.items[i].key, linkage.items[i].copies});
    group_of[i] = i;
  }
  for (const LinkagePair& pair : linkage.pairs) {
    sum[pair.a][pair.b] = sum[pair.b][pair.a] =
        pair.alike * groups[pair.a].size * groups[pair.b].size;
  }
  for (const LinkagePair& pair : linkage.apart)
    apart[pair.a][pair.b] = apart[pair.b][pair.a] = true;
  const auto join = [&](std::size_t a, std::size_t b) {
    groups[a].key = std::min(groups[a].key, groups[b].key);
    groups[a].size += groups[b].size;
    groups[b].there = false;
    for (std::size_t c = 0; c < count; ++c) {
      sum[a][c] = sum[c][a] = sum[a][c] + sum[b][c];
      apart[a][c] = apart[c][a] = apart[a][c] || apart[b][c];
      if (group_of[c] == b) group_of[c] = a;
    }
  };
  for (const LinkagePair& pair : linkage.together) {
    if (group_of[pair.a] != group_of[pair.b]) join(group_of[pair.a], group_of[pair.b]);
  }
  for (;;) {
    double best = -1;
    std::size_t best_a = 0;
    std::size_t best_b = 0;
    for (std::size_t a = 0; a < count; ++a) {
      for (std::size_t b = 0; b < count; ++b) {
        if (!groups[a].there || !groups[b].there || apart[a][b]) continue;
        if (a == b || groups[b].key < groups[a].key) continue;
        const double alike =
            static_cast<double>(sum[a][b]) / static_cast<double>(groups[a].size * groups[b].size);
        const auto keys = std::pair(groups[a].key, groups[b].key);
        if (alike < best ||
            (alike == best && keys > std::pair(groups[best_a].key, groups[best_b].key))) {
          continue;
        }
        best = alike;
        best_a = a;
        best_b = b;
      }
    }
    if (best < linkage.least) break;
    join(best_a, best_b);
  }
  std::vector<std::uint64_t> keys;
  for (std::size_t i = 0; i < count; ++i) keys.push_back(groups[group_of[i]].key);
  return keys;
}

// So many pairs that they are linked piece by piece.
TEST(Linkage, piece_by_piece_is_what_all_at_once_gives) {
  Dice dice(seed_of_this_run());
  for (int round = 0; round < 6; ++round) {
    constexpr std::uint32_t count = 96;
    Linkage linkage;
    linkage.least = 450;
    std::vector<std::uint32_t> issue;
    for (std::uint32_t i = 0; i < count; ++i) {
      linkage.items.push_back({dice.next(), static_cast<std::uint32_t>(dice.between(1, 4))});
      issue.push_back(static_cast<std::uint32_t>(dice.between(0, 12)));
    }
    for (std::uint32_t a = 0; a < count; ++a) {
      for (std::uint32_t b = 0; b < a; ++b) {
        const auto alike = issue[a] == issue[b] ? dice.between(20, 50) : dice.between(0, 30);
        // Few different values, so that there are many ties.
        if (alike > 0) linkage.pairs.push_back({a, b, static_cast<std::uint16_t>(alike * 20)});
        if (dice.between(0, 150) == 0) linkage.apart.push_back({a, b, 0});
        if (dice.between(0, 600) == 0) linkage.together.push_back({a, b, 0});
      }
    }
    const std::vector<std::uint64_t> expected = linked_by_all(linkage);
    const std::vector<std::uint32_t> first = link(linkage);
    std::vector<std::uint64_t> got;
    for (const std::uint32_t item : first) got.push_back(linkage.items[item].key);
    EXPECT_EQ(got, expected) << "round " << round;
  }
}

// Pairs below `given_from` are left out, be it in a list or asked for item by item, and told when
// they are asked for: nothing changes, also where what is left out would decide.
TEST(Linkage, pairs_that_are_told_when_they_are_asked_for_give_what_all_give) {
  Dice dice(seed_of_this_run());
  std::size_t asked = 0;
  for (int round = 0; round < 12; ++round) {
    constexpr std::uint32_t count = 110;
    const int issues = round % 2 == 0 ? 3 : 12;  // so that pieces are large, or small
    Linkage all;
    all.least = 450;
    std::vector<std::int64_t> issue;
    for (std::uint32_t i = 0; i < count; ++i) {
      all.items.push_back({dice.next(), static_cast<std::uint32_t>(dice.between(1, 4))});
      issue.push_back(dice.between(0, issues));
    }
    std::vector<std::vector<std::uint16_t>> alike(count, std::vector<std::uint16_t>(count));
    for (std::uint32_t a = 0; a < count; ++a) {
      for (std::uint32_t b = 0; b < a; ++b) {
        const auto drawn = issue[a] == issue[b] ? dice.between(12, 70) : dice.between(0, 26);
        alike[a][b] = alike[b][a] =
            static_cast<std::uint16_t>(std::min<std::int64_t>(drawn, 50) * 20);
        if (drawn > 0) all.pairs.push_back({a, b, alike[a][b]});
        if (dice.between(0, 400) == 0) all.apart.push_back({a, b, 0});
        if (dice.between(0, 900) == 0) all.together.push_back({a, b, 0});
      }
    }
    const std::vector<std::uint32_t> expected = link(all);
    Linkage some = all;
    some.given_from = round % 3 == 0 ? 450 : 250;
    std::erase_if(some.pairs,
                  [&](const LinkagePair& pair) { return pair.alike < some.given_from; });
    ASSERT_LT(some.pairs.size(), all.pairs.size());
    some.sum_alike = [&](std::span<const std::uint32_t> here,
                         std::span<const std::uint32_t> there) {
      ++asked;
      std::uint64_t sum = 0;
      for (const std::uint32_t a : here) {
        for (const std::uint32_t b : there) {
          sum += std::uint64_t{alike[a][b]} * all.items[a].copies * all.items[b].copies;
        }
      }
      return sum;
    };
    EXPECT_EQ(link(some), expected) << "round " << round;
    for (const std::uint16_t from : {std::uint16_t{0}, some.given_from}) {
      Linkage by_item = some;
      by_item.given_from = from;
      by_item.pairs.clear();
      by_item.pairs_of = [&](std::uint32_t item, std::vector<LinkagePair>& pairs) {
        for (std::uint32_t other = 0; other < count; ++other) {
          if (alike[item][other] > 0 && alike[item][other] >= from) {
            pairs.push_back({item, other, alike[item][other]});
          }
        }
      };
      EXPECT_EQ(link(by_item), expected) << "round " << round << " from " << from;
    }
  }
  EXPECT_GT(asked, 0U);
}

}  // namespace
}  // namespace minhu::text
