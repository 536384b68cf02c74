#include "engines/recurrence/dispersion.h"

#include <algorithm>
#include <cmath>
#include <numeric>

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

struct Sum {
  double surplus = 0;
  double variance = 0;
};

std::map<std::int64_t, Sum> by_period(const std::vector<Pair>& pairs, const Ratio& ratio) {
  std::map<std::int64_t, Sum> periods;
  for (const Pair& pair : pairs) {
    const double odds = ratio.value() * pair.exposure;
    const double part = odds / (1 + odds);
    const double all = pair.cases_after + pair.cases_before;
    Sum& sum = periods[pair.after];
    sum.surplus += pair.cases_after - all * part;
    sum.variance += all * part * (1 - part);
  }
  return periods;
}

Windows years_before(const Table& table, std::int64_t until, std::int64_t year) {
  Windows windows;
  for (const auto& [place, periods] : table) {
    for (const auto& [number, count] : periods) {
      if (number < until && periods.contains(number - year)) {
        windows.before_of[number] = {number - year};
      }
    }
  }
  return windows;
}

// How much the variance of a sum over many periods exceeds the sum of their variances: 1 + 2 Σ r,
// as long as the correlations stand out of chance, over half a year at most.
double lasting(const std::vector<std::vector<double>>& sequences, std::size_t longest) {
  double own = 0;
  double number = 0;
  for (const auto& sequence : sequences) {
    for (const double value : sequence) own += value * value;
    number += static_cast<double>(sequence.size());
  }
  double factor = 1;
  if (own <= 0) return factor;
  for (std::size_t lag = 1; lag <= longest; ++lag) {
    double together = 0;
    double pairs = 0;
    for (const auto& sequence : sequences) {
      for (std::size_t i = lag; i < sequence.size(); ++i) {
        together += sequence[i] * sequence[i - lag];
        pairs += 1;
      }
    }
    if (pairs < 8) break;
    const double correlation = together / pairs / (own / number);
    if (correlation < 1 / std::sqrt(pairs)) break;
    factor += 2 * std::min(correlation, 0.9);
  }
  return factor;
}

// Places × periods before `until`, of the places that are known in all of them.
std::vector<std::vector<double>> rows_of(const Table& table, std::int64_t until,
                                         std::int64_t most) {
  std::int64_t first = until;
  for (const auto& [place, periods] : table) {
    if (!periods.empty()) first = std::min(first, periods.begin()->first);
  }
  first = std::max(first, until - most);
  std::vector<std::vector<double>> rows;
  for (const auto& [place, periods] : table) {
    std::vector<double> row;
    for (auto at = periods.lower_bound(first); at != periods.end() && at->first < until; ++at) {
      row.push_back(static_cast<double>(at->second.cases));
    }
    if (static_cast<std::int64_t>(row.size()) == until - first) rows.push_back(std::move(row));
  }
  return rows;
}

}  // namespace

Dispersion between_periods(const std::vector<Pair>& pairs, const Ratio& ratio) {
  if (ratio.after == 0 || ratio.before == 0) return {};
  Effective effective;
  double squares = 0;
  for (const auto& [period, sum] : by_period(pairs, ratio)) {
    effective.add(sum.variance);
    squares += sum.surplus * sum.surplus;
  }
  const double number = effective.number();
  if (number < 1.5) return {};
  return {squares / effective.sum() * number / (number - 1), number - 1};
}

Dispersion between_years(const Table& table, std::int64_t until, Period period) {
  const Pairs pairs = pair_up(table, years_before(table, until, a_year(period)));
  return between_periods(pairs.pairs, ratio_of(pairs.pairs));
}

Within within_places(const Table& table, std::int64_t until, Period period) {
  const std::int64_t year = a_year(period);
  const auto longest = static_cast<std::size_t>(year / 2);
  std::vector<std::vector<double>> rows = rows_of(table, until, 10 * year);
  Within within;
  if (rows.size() < 2) {
    // One place has no others beside it: only its years can be compared.
    const Pairs pairs = pair_up(table, years_before(table, until, year));
    std::vector<double> sequence;
    for (const auto& [number, sum] : by_period(pairs.pairs, ratio_of(pairs.pairs))) {
      sequence.push_back(sum.surplus);
    }
    within.lasting = lasting({sequence}, longest);
    return within;
  }
  const std::size_t length = rows.front().size();
  Effective of_rows;
  Effective of_columns;
  std::vector<double> row_sums;
  std::vector<double> column_sums(length, 0.0);
  for (const auto& row : rows) {
    row_sums.push_back(std::accumulate(row.begin(), row.end(), 0.0));
    of_rows.add(row_sums.back());
    for (std::size_t i = 0; i < length; ++i) column_sums[i] += row[i];
  }
  for (const double sum : column_sums) of_columns.add(sum);
  const double all = of_rows.sum();
  const double degrees = (of_rows.number() - 1) * (of_columns.number() - 1);
  if (all <= 0 || degrees < 1) return within;
  double squares = 0;
  double variance = 0;
  for (std::size_t r = 0; r < rows.size(); ++r) {
    for (std::size_t i = 0; i < length; ++i) {
      const double expected = row_sums[r] * column_sums[i] / all;
      rows[r][i] -= expected;
      squares += rows[r][i] * rows[r][i];
      variance += expected * (1 - row_sums[r] / all) * (1 - column_sums[i] / all);
    }
  }
  if (variance <= 0) return within;
  within.lasting = lasting(rows, longest);
  // Few cases in many cells tell no more than their number.
  within.dispersion = {squares / variance, std::min(degrees, all / 2)};
  return within;
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
