#include "engines/recurrence/dispersion.h"

#include <algorithm>
#include <cmath>

namespace minhu::recurrence {

namespace {

// What is usual, worth as much as so many degrees of what is seen (docs/recurrence.md, measured on
// classes drawn for the purpose, not on those that are reported).
constexpr Dispersion usual{1.4, 4};
constexpr double enough_within = 6;
constexpr double most_within = 20;
constexpr double least = 0.9;

// As many periods or places as there would be, were they all of one size.
class Effective {
 public:
  void add(double weight) {
    sum_ += weight;
    squares_ += weight * weight;
  }
  double number() const { return squares_ > 0 ? sum_ * sum_ / squares_ : 0; }
  double sum() const { return sum_; }

 private:
  double sum_ = 0;
  double squares_ = 0;
};

}  // namespace

Dispersion between_periods(const std::vector<Pair>& pairs, const Ratio& ratio) {
  if (ratio.after == 0 || ratio.before == 0) return {};
  struct Sum {
    double surplus = 0;
    double variance = 0;
  };
  std::map<std::int64_t, Sum> periods;
  for (const Pair& pair : pairs) {
    const double odds = ratio.value() * pair.exposure;
    const double part = odds / (1 + odds);
    const double all = pair.cases_after + pair.cases_before;
    Sum& sum = periods[pair.after];
    sum.surplus += pair.cases_after - all * part;
    sum.variance += all * part * (1 - part);
  }
  Effective effective;
  double squares = 0;
  for (const auto& [period, sum] : periods) {
    effective.add(sum.variance);
    squares += sum.surplus * sum.surplus;
  }
  const double number = effective.number();
  if (number < 1.5) return {};
  return {squares / effective.sum() * number / (number - 1), number - 1};
}

Dispersion between_places(const Table& table, std::int64_t until, std::int64_t block) {
  std::int64_t first = until;
  for (const auto& [place, periods] : table) {
    if (!periods.empty()) first = std::min(first, periods.begin()->first);
  }
  const auto blocks = static_cast<std::size_t>((until - first) / block);
  if (blocks < 2) return {};
  const std::int64_t start = until - static_cast<std::int64_t>(blocks) * block;

  std::vector<std::vector<double>> rows;
  for (const auto& [place, periods] : table) {
    std::vector<double> row(blocks, 0.0);
    std::vector<std::int64_t> seen(blocks, 0);
    for (const auto& [number, count] : periods) {
      if (number < start || number >= until) continue;
      const auto which = static_cast<std::size_t>((number - start) / block);
      row[which] += static_cast<double>(count.cases);
      ++seen[which];
    }
    // A place of which a part is not known would look like one that jumps.
    const bool whole = std::all_of(seen.begin(), seen.end(), [&](auto n) { return n == block; });
    if (whole) rows.push_back(std::move(row));
  }
  Effective of_rows;
  Effective of_columns;
  std::vector<double> row_sums;
  std::vector<double> column_sums(blocks, 0.0);
  for (const auto& row : rows) {
    double sum = 0;
    for (std::size_t i = 0; i < blocks; ++i) {
      sum += row[i];
      column_sums[i] += row[i];
    }
    row_sums.push_back(sum);
    of_rows.add(sum);
  }
  for (const double sum : column_sums) of_columns.add(sum);
  const double all = of_rows.sum();
  const double degrees = (of_rows.number() - 1) * (of_columns.number() - 1);
  if (all <= 0 || degrees < 1) return {};
  double squares = 0;
  double variance = 0;
  for (std::size_t r = 0; r < rows.size(); ++r) {
    for (std::size_t i = 0; i < blocks; ++i) {
      const double expected = row_sums[r] * column_sums[i] / all;
      squares += (rows[r][i] - expected) * (rows[r][i] - expected);
      variance += expected * (1 - row_sums[r] / all) * (1 - column_sums[i] / all);
    }
  }
  if (variance <= 0) return {};
  // Few cases in many cells tell no more than their number.
  return {squares / variance, std::min(degrees, all / 2)};
}

Dispersion of_matters(const Table& table, const std::vector<std::int64_t>& periods) {
  double cases = 0;
  double squares = 0;
  for (const auto& [place, known] : table) {
    for (const std::int64_t period : periods) {
      const auto at = known.find(period);
      if (at == known.end() || at->second.cases == 0) continue;
      if (!at->second.squares) return {};
      cases += static_cast<double>(at->second.cases);
      squares += static_cast<double>(*at->second.squares);
    }
  }
  if (cases == 0) return {};
  // As many matters as there would be, were they of one size.
  return {squares / cases, cases * cases / squares};
}

Dispersion between_years(const Table& table, std::int64_t until, Period period) {
  const std::int64_t year = a_year(period);
  Windows windows;
  for (const auto& [place, periods] : table) {
    for (const auto& [number, count] : periods) {
      if (number < until && periods.contains(number - year)) {
        windows.before_of[number] = {number - year};
      }
    }
  }
  const Pairs pairs = pair_up(table, windows);
  return between_periods(pairs.pairs, ratio_of(pairs.pairs));
}

double lasting(const Dispersion& in_quarters, const Dispersion& in_periods) {
  const double degrees = std::min(in_quarters.degrees, in_periods.degrees);
  if (degrees <= 0) return 1;
  const double seen = std::max(1.0, in_quarters.value) / std::max(1.0, in_periods.value);
  return 1 + std::max(0.0, seen - 1) * degrees / (degrees + 8);
}

Dispersion together(const Dispersion& within, const std::vector<Dispersion>& over_time) {
  const double part = std::min(1.0, within.degrees / enough_within);
  const double begin = std::max(1.0, within.value) * part + usual.value * (1 - part);
  Dispersion seen;
  for (const Dispersion& one : over_time) {
    seen.value += one.value * one.degrees;
    seen.degrees += one.degrees;
  }
  if (seen.degrees > 0) seen.value /= seen.degrees;
  // What strikes every place at once is not seen within, so more is believed soon; less is believed
  // only against many degrees, because months of one trouble look calmer than they are.
  const double weight =
      seen.value < begin ? std::clamp(within.degrees, usual.degrees, most_within) : usual.degrees;
  Dispersion all;
  all.degrees = usual.degrees + seen.degrees;
  all.value = (begin * weight + seen.value * seen.degrees) / (weight + seen.degrees);
  all.value = std::clamp(all.value, least, 1e6);
  return all;
}

}  // namespace minhu::recurrence
