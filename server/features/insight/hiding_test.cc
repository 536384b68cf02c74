#include "features/insight/hiding.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <functional>

#include "kernel/test_dice.h"

namespace minhu::insight {
namespace {

using Numbers = std::vector<std::vector<std::int64_t>>;

TEST(Hiding, OneToFourAreHiddenAndAZeroIsNot) {
  EXPECT_EQ(hide_small(std::int64_t{0}), Hideable(0));
  EXPECT_EQ(hide_small(std::int64_t{1}), std::nullopt);
  EXPECT_EQ(hide_small(std::int64_t{4}), std::nullopt);
  EXPECT_EQ(hide_small(std::int64_t{5}), Hideable(5));
}

TEST(Hiding, AnotherGoesWithTheOnlySmallOneSoThatTheTotalTellsNothing) {
  const auto shown = hide_small(std::vector<std::int64_t>{3, 20, 40});
  EXPECT_EQ(shown, (std::vector<Hideable>{std::nullopt, std::nullopt, 40}));
}

TEST(Hiding, TwoThatAddUpToFewerThanFiveTakeAThirdAlong) {
  const auto shown = hide_small(std::vector<std::int64_t>{1, 1, 9, 40});
  EXPECT_EQ(shown, (std::vector<Hideable>{std::nullopt, std::nullopt, std::nullopt, 40}));
}

TEST(Hiding, NothingIsHiddenWithoutAReason) {
  const Numbers table{{5, 0, 9}, {7, 8, 0}};
  for (const auto& row : hide_small(table)) {
    for (const auto& cell : row) EXPECT_TRUE(cell.has_value());
  }
}

// Whether the reader can work out a hidden cell: all tables of whole numbers that agree with what
// is shown and with the totals, counted for small tables.
bool can_be_worked_out(const Numbers& table, const std::vector<std::vector<Hideable>>& shown) {
  std::vector<std::pair<std::size_t, std::size_t>> hidden;
  for (std::size_t r = 0; r < table.size(); ++r) {
    for (std::size_t c = 0; c < table[r].size(); ++c) {
      if (!shown[r][c]) hidden.emplace_back(r, c);
    }
  }
  if (hidden.empty()) return false;
  std::vector<std::int64_t> rows(table.size());
  std::vector<std::int64_t> columns(table.front().size());
  for (const auto& [r, c] : hidden) {
    rows[r] += table[r][c];
    columns[c] += table[r][c];
  }
  std::vector<std::vector<bool>> seen(hidden.size(), std::vector<bool>(200));
  std::vector<std::int64_t> tried(hidden.size());
  const std::function<void(std::size_t)> fill = [&](std::size_t at) {
    if (at == hidden.size()) {
      for (const auto left : rows) {
        if (left != 0) return;
      }
      for (const auto left : columns) {
        if (left != 0) return;
      }
      for (std::size_t i = 0; i < tried.size(); ++i) {
        seen[i][static_cast<std::size_t>(tried[i])] = true;
      }
      return;
    }
    const auto [r, c] = hidden[at];
    for (std::int64_t value = 0; value <= std::min(rows[r], columns[c]); ++value) {
      rows[r] -= value;
      columns[c] -= value;
      tried[at] = value;
      fill(at + 1);
      rows[r] += value;
      columns[c] += value;
    }
  };
  fill(0);
  for (const auto& values : seen) {
    if (std::count(values.begin(), values.end(), true) < 2) return true;
  }
  return false;
}

TEST(Hiding, NoHiddenNumberCanBeWorkedOutFromTheTotals) {
  Dice dice{seed_of_this_run()};
  int with_hidden = 0;
  for (int round = 0; round < 200; ++round) {
    const auto rows = static_cast<std::size_t>(dice.between(3, 4));
    Numbers table(rows, std::vector<std::int64_t>(3));
    for (auto& row : table) {
      for (auto& number : row)
        number = dice.between(0, 3) == 0 ? dice.between(1, 4) : dice.between(5, 9);
    }
    const auto shown = hide_small(table);
    std::size_t hidden = 0;
    for (const auto& row : shown) {
      hidden += static_cast<std::size_t>(std::count(row.begin(), row.end(), std::nullopt));
    }
    if (hidden == 0 || hidden > 6) continue;  // more would take too long to try
    ++with_hidden;
    ASSERT_FALSE(can_be_worked_out(table, shown));
  }
  EXPECT_GT(with_hidden, 15);
}

}  // namespace
}  // namespace minhu::insight
