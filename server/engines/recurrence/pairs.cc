#include "engines/recurrence/pairs.h"

#include <algorithm>
#include <cmath>
#include <set>

namespace minhu::recurrence {

namespace {

const Count* found(const std::map<std::int64_t, Count>& periods, std::int64_t period) {
  const auto at = periods.find(period);
  return at == periods.end() ? nullptr : &at->second;
}

// Σ (a − n p(θ)), which falls as θ grows.
double surplus(const std::vector<Pair>& pairs, double ratio) {
  double sum = 0;
  for (const Pair& pair : pairs) {
    const double odds = ratio * pair.exposure;
    sum += pair.cases_after - (pair.cases_after + pair.cases_before) * odds / (1 + odds);
  }
  return sum;
}

}  // namespace

std::vector<std::int64_t> Windows::after() const {
  std::vector<std::int64_t> periods;
  for (const auto& [after, before] : before_of) periods.push_back(after);
  return periods;
}

std::vector<std::int64_t> Windows::before() const {
  std::set<std::int64_t> periods;
  for (const auto& [after, before] : before_of) periods.insert(before.begin(), before.end());
  return {periods.begin(), periods.end()};
}

Pairs pair_up(const Table& table, const Windows& windows) {
  Pairs result;
  for (const auto& [place, periods] : table) {
    double cases = 0;
    std::size_t matched = 0;
    for (const auto& [after, before_periods] : windows.before_of) {
      const Count* now = found(periods, after);
      Count before;
      before.exposure = 0;
      for (const std::int64_t period : before_periods) {
        if (const Count* then = found(periods, period)) {
          before.cases += then->cases;
          before.exposure += then->exposure;
        }
      }
      cases += static_cast<double>((now != nullptr ? now->cases : 0) + before.cases);
      if (now == nullptr || before.exposure == 0) continue;
      ++matched;
      result.pairs.push_back({place, after, before_periods.front(), static_cast<double>(now->cases),
                              static_cast<double>(before.cases), now->exposure / before.exposure});
    }
    if (matched > 0) continue;
    result.left_out.push_back(place);
    result.cases_left_out += cases;
  }
  return result;
}

Ratio ratio_of(const std::vector<Pair>& pairs) {
  Ratio ratio;
  double weighted_by_before = 0;
  double weighted_by_after = 0;
  for (const Pair& pair : pairs) {
    ratio.after += pair.cases_after;
    ratio.before += pair.cases_before;
    weighted_by_before += pair.cases_before * pair.exposure;
    weighted_by_after += pair.cases_after / pair.exposure;
  }
  if (ratio.before == 0 || ratio.after == 0) {
    if (ratio.before > 0) ratio.exposure = weighted_by_before / ratio.before;
    if (ratio.after > 0) ratio.exposure = ratio.after / weighted_by_after;
    return ratio;
  }
  double low = 1e-30;  // exposures are within 10^±15
  double high = 1e30;
  for (int steps = 0; steps < 200 && high / low > 1 + 1e-12; ++steps) {
    const double middle = std::sqrt(low) * std::sqrt(high);
    (surplus(pairs, middle) > 0 ? low : high) = middle;
  }
  ratio.exposure = ratio.after / ratio.before / (std::sqrt(low) * std::sqrt(high));
  return ratio;
}

}  // namespace minhu::recurrence
