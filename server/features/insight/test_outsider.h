// For tests: somebody who has only what is published, and reckons. Unknown whole numbers with a
// least value, equations among them, and what follows: the smallest and the largest value that each
// can have, exactly (the simplex method on fractions; every solution that it meets is kept when it
// is of whole numbers).
#pragma once

#include <cstdint>
#include <map>
#include <numeric>
#include <optional>
#include <utility>
#include <vector>

namespace minhu::insight {

class Fraction {
 public:
  Fraction(std::int64_t above = 0, std::int64_t below = 1) : above_(above), below_(below) {
    if (below_ == 1) return;
    const std::int64_t common = std::gcd(above_, below_) * (below_ < 0 ? -1 : 1);
    above_ /= common;
    below_ /= common;
  }
  bool is_whole() const { return below_ == 1; }
  bool is_zero() const { return above_ == 0; }
  int sign() const { return above_ > 0 ? 1 : above_ < 0 ? -1 : 0; }
  std::int64_t whole() const { return above_ / below_; }
  Fraction operator*(Fraction o) const { return {above_ * o.above_, below_ * o.below_}; }
  Fraction operator/(Fraction o) const { return {above_ * o.below_, below_ * o.above_}; }
  Fraction operator-(Fraction o) const {
    return {above_ * o.below_ - o.above_ * below_, below_ * o.below_};
  }
  Fraction operator+(Fraction o) const { return *this - Fraction(-o.above_, o.below_); }
  bool operator<(Fraction o) const { return (*this - o).sign() < 0; }

 private:
  std::int64_t above_;
  std::int64_t below_;
};

class Outsider {
 public:
  static constexpr std::int64_t without_end = 1'000'000;
  struct Range {
    std::int64_t least = without_end;
    std::int64_t most = -1;
    std::int64_t width() const { return most - least; }
  };
  using Terms = std::vector<std::pair<std::size_t, std::int64_t>>;

  std::size_t unknown(std::int64_t least) {
    least_.push_back(least);
    return least_.size() - 1;
  }
  // The terms, each so many times an unknown, add up to `total`.
  void equation(const Terms& terms, std::int64_t total) {
    std::vector<Fraction> row(least_.size());
    for (const auto& [which, times] : terms) {
      row[which] = row[which] + times;
      total -= times * least_[which];
    }
    rows_.emplace_back(std::move(row), total);
  }

  // False where the equations contradict one another.
  bool begin() {
    const std::size_t count = least_.size();
    ranges_.assign(count, {});
    for (auto& [row, total] : rows_) {
      row.resize(count);
      row.push_back(total);
      if (Fraction(total).sign() < 0) {
        for (Fraction& each : row) each = Fraction(0) - each;
      }
      table_.push_back(std::move(row));
      basis_.push_back(count);  // nothing yet
    }
    std::vector<Fraction> goal(count + 1);
    for (const auto& row : table_) {
      for (std::size_t i = 0; i <= count; ++i) goal[i] = goal[i] + row[i];
    }
    climb(goal);
    for (std::size_t r = 0; r < table_.size();) {
      if (basis_[r] != count) {
        ++r;
        continue;
      }
      if (!table_[r].back().is_zero()) return false;
      std::size_t column = 0;
      while (column < count && table_[r][column].is_zero()) ++column;
      if (column < count) {
        pivot(r, column, goal);
        ++r;
      } else {
        table_.erase(table_.begin() + static_cast<std::ptrdiff_t>(r));
        basis_.erase(basis_.begin() + static_cast<std::ptrdiff_t>(r));
      }
    }
    solved_ = true;
    keep();
    return true;
  }

  // As far as needed: it stops where the range holds `most` and is `width` wide.
  Range range(std::size_t which, std::int64_t most, std::int64_t width) {
    const auto enough = [&] {
      return ranges_[which].most >= most && ranges_[which].width() >= width;
    };
    for (const std::int64_t way : {1, -1}) {
      if (enough()) break;
      std::vector<Fraction> goal(least_.size() + 1);
      goal[which] = way;
      for (std::size_t r = 0; r < table_.size(); ++r) {
        if (basis_[r] != which) continue;
        for (std::size_t i = 0; i < goal.size(); ++i) {
          goal[i] = goal[i] - table_[r][i] * Fraction(way);
        }
      }
      goal.back() = 0;
      if (!climb(goal)) ranges_[which].most = without_end;
    }
    return ranges_[which];
  }

 private:
  // Bland's rule, which never goes in a circle. False: there is no end.
  bool climb(std::vector<Fraction>& goal) {
    for (;;) {
      std::size_t column = 0;
      while (column < least_.size() && goal[column].sign() <= 0) ++column;
      if (column == least_.size()) return true;
      std::optional<std::size_t> row;
      for (std::size_t r = 0; r < table_.size(); ++r) {
        if (table_[r][column].sign() <= 0) continue;
        if (!row) {
          row = r;
          continue;
        }
        const Fraction here = table_[r].back() / table_[r][column];
        const Fraction best = table_[*row].back() / table_[*row][column];
        if (here < best || (!(best < here) && basis_[r] < basis_[*row])) row = r;
      }
      if (!row) return false;
      pivot(*row, column, goal);
      if (solved_) keep();
    }
  }

  void pivot(std::size_t row, std::size_t column, std::vector<Fraction>& goal) {
    const Fraction by = table_[row][column];
    for (Fraction& each : table_[row]) {
      if (!each.is_zero()) each = each / by;
    }
    const auto clear = [&](std::vector<Fraction>& other) {
      const Fraction times = other[column];
      if (times.is_zero()) return;
      for (std::size_t i = 0; i < other.size(); ++i) {
        if (!table_[row][i].is_zero()) other[i] = other[i] - table_[row][i] * times;
      }
    };
    for (std::size_t r = 0; r < table_.size(); ++r) {
      if (r != row) clear(table_[r]);
    }
    clear(goal);
    basis_[row] = column;
  }

  void keep() {
    std::vector<std::int64_t> values = least_;
    for (std::size_t r = 0; r < table_.size(); ++r) {
      if (!table_[r].back().is_whole()) return;
      values[basis_[r]] += table_[r].back().whole();
    }
    for (std::size_t i = 0; i < values.size(); ++i) {
      ranges_[i].least = std::min(ranges_[i].least, values[i]);
      ranges_[i].most = std::max(ranges_[i].most, values[i]);
    }
  }

  std::vector<std::int64_t> least_;
  std::vector<std::pair<std::vector<Fraction>, std::int64_t>> rows_;
  std::vector<std::vector<Fraction>> table_;  // the last of each row: what it adds up to
  std::vector<std::size_t> basis_;            // the unknown that each row gives
  std::vector<Range> ranges_;
  bool solved_ = false;
};

}  // namespace minhu::insight
