// The hider against somebody who reckons exactly, and what it costs.
#include "features/insight/hiding_in_sums.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "features/insight/test_outsider.h"
#include "kernel/test_dice.h"

namespace minhu::insight {
namespace {

// One whole and its parts.
std::vector<bool> hidden_of(std::int64_t whole, const std::vector<std::int64_t>& parts) {
  std::vector<PublishedCell> cells{{whole}};
  Sum sum{{0}, {}};
  for (const std::int64_t part : parts) {
    sum.parts.push_back(cells.size());
    cells.push_back({part});
  }
  return hidden_in(cells, {sum});
}

TEST(HidingInSums, NothingIsHiddenWithoutAReason) {
  EXPECT_EQ(hidden_of(30, {5, 0, 25}), (std::vector<bool>{false, false, false, false}));
}

TEST(HidingInSums, TheCheapestGoesWithTheOnlySmallOne) {
  EXPECT_EQ(hidden_of(63, {3, 20, 40}), (std::vector<bool>{false, true, true, false}));
}

TEST(HidingInSums, TwoThatAddUpToSixAreEnoughAndTwoThatAddUpToFiveAreNot) {
  EXPECT_EQ(hidden_of(46, {3, 3, 40}), (std::vector<bool>{false, true, true, false}));
  // Both would be known to be from 1 to 4.
  EXPECT_EQ(hidden_of(45, {3, 2, 40}), (std::vector<bool>{false, true, true, true}));
}

TEST(HidingInSums, WhereNoOtherPartIsLeftTheWholeGoes) {
  EXPECT_EQ(hidden_of(5, {3, 2, 0}), (std::vector<bool>{true, true, true, false}));
}

TEST(HidingInSums, ASmallRestThatNobodyPrintsIsNotLeftToBeFound) {
  // 12 of 14: the rest are two.
  const std::vector<PublishedCell> cells{{14}, {12}, {2, false}};
  const auto hidden = hidden_in(cells, {{{0}, {1, 2}}});
  EXPECT_TRUE(hidden[0] || hidden[1]);
  // Nor does a rest of five have to be hidden, or one of nobody.
  EXPECT_EQ(hidden_in({{17}, {12}, {5, false}}, {{{0}, {1, 2}}}),
            (std::vector<bool>{false, false, false}));
  EXPECT_EQ(hidden_in({{12}, {12}, {0, false}}, {{{0}, {1, 2}}}),
            (std::vector<bool>{false, false, false}));
}

TEST(HidingInSums, ANumberInNoSumTakesNothingAlong) {
  EXPECT_EQ(hidden_in({{3}, {9}, {0}}, {}), (std::vector<bool>{true, false, false}));
}

// Two tables that share the numbers at their lower and upper edge, as the months and the offices of
// a county share those of the county.
struct TwoTables {
  std::vector<PublishedCell> cells;
  std::vector<Sum> sums;
};

TwoTables two_tables(Dice& dice) {
  constexpr std::size_t columns = 3;
  const auto draw = [&]() -> std::int64_t {
    switch (dice.between(0, 4)) {
      case 0:
        return 0;
      case 1:
        return dice.between(1, 4);
      case 2:
        return dice.between(5, 8);
      default:
        return dice.between(1, 30);
    }
  };
  TwoTables all;
  const auto cell = [&](std::int64_t number) {
    all.cells.push_back({number});
    return all.cells.size() - 1;
  };
  std::vector<std::int64_t> edge(columns);
  std::vector<Sum> by_column(columns * 2);
  Sum first{{}, {}};
  for (int month = 0; month < 3; ++month) {
    Sum row;
    std::int64_t total = 0;
    for (std::size_t c = 0; c < columns; ++c) {
      const std::int64_t number = draw();
      edge[c] += number;
      total += number;
      row.parts.push_back(cell(number));
      by_column[c].whole.push_back(row.parts.back());
    }
    row.whole.push_back(cell(total));
    first.parts.push_back(row.whole.front());
    all.sums.push_back(row);
  }
  const std::size_t county = cell(std::accumulate(edge.begin(), edge.end(), std::int64_t{0}));
  first.whole.push_back(county);
  all.sums.push_back(first);
  const std::int64_t offices = dice.between(2, 5);
  std::vector<std::vector<std::int64_t>> table(static_cast<std::size_t>(offices),
                                               std::vector<std::int64_t>(columns));
  for (std::size_t c = 0; c < columns; ++c) {
    for (std::int64_t left = edge[c]; left > 0;) {
      const std::int64_t some = std::min(left, draw());
      table[static_cast<std::size_t>(dice.between(0, offices - 1))][c] += some;
      left -= some;
    }
    by_column[c].parts.push_back(cell(edge[c]));
    by_column[columns + c].whole = by_column[c].parts;
  }
  Sum last{{}, {county}};
  for (const auto& row : table) {
    Sum of;
    for (std::size_t c = 0; c < columns; ++c) {
      of.whole.push_back(cell(row[c]));
      by_column[columns + c].parts.push_back(of.whole.back());
    }
    of.parts.push_back(cell(std::accumulate(row.begin(), row.end(), std::int64_t{0})));
    last.whole.push_back(of.parts.front());
    all.sums.push_back(of);
  }
  all.sums.push_back(last);
  all.sums.insert(all.sums.end(), by_column.begin(), by_column.end());
  return all;
}

TEST(HidingInSums, WhoeverReckonsExactlyIsLeftWithFiveValuesAndOneOfFiveOrMore) {
  Dice dice{seed_of_this_run()};
  int hidden_numbers = 0;
  for (int round = 0; round < 300; ++round) {
    const TwoTables all = two_tables(dice);
    const auto hidden = hidden_in(all.cells, all.sums);
    Outsider outsider;
    std::map<std::size_t, std::size_t> unknown;
    for (std::size_t i = 0; i < hidden.size(); ++i) {
      const std::int64_t number = all.cells[i].number;
      ASSERT_TRUE(hidden[i] || number == 0 || number > 4) << "a small number is shown";
      ASSERT_FALSE(hidden[i] && number == 0) << "a zero is hidden";
      if (hidden[i]) unknown[i] = outsider.unknown(1);
    }
    for (const Sum& sum : all.sums) {
      Outsider::Terms terms;
      std::int64_t total = 0;
      const auto add = [&](const std::vector<std::size_t>& cells, std::int64_t sign) {
        for (const std::size_t cell : cells) {
          if (hidden[cell]) {
            terms.emplace_back(unknown[cell], sign);
          } else {
            total -= sign * all.cells[cell].number;
          }
        }
      };
      add(sum.whole, 1);
      add(sum.parts, -1);
      outsider.equation(terms, total);
    }
    ASSERT_TRUE(outsider.begin());
    for (const auto& [cell, which] : unknown) {
      const auto range = outsider.range(which, 5, 4);
      ASSERT_GE(range.most, 5) << "round " << round << ", cell " << cell;
      ASSERT_GE(range.width(), 4) << "round " << round << ", cell " << cell;
      ++hidden_numbers;
    }
  }
  EXPECT_GT(hidden_numbers, 1000);
}

}  // namespace
}  // namespace minhu::insight
