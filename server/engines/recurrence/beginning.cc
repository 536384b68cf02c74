#include "engines/recurrence/beginning.h"

#include <algorithm>

namespace minhu::recurrence {

std::optional<std::int64_t> beginning_of(const Table& table, std::int64_t until, Period period,
                                         double dispersion) {
  constexpr double surely = 4.6;  // events: e^−4.6 = 0.01
  std::map<std::int64_t, std::int64_t> cases;
  for (const auto& [place, periods] : table) {
    for (const auto& [number, count] : periods) {
      if (number < until) cases[number] += count.cases;
    }
  }
  const auto first =
      std::find_if(cases.begin(), cases.end(), [](const auto& one) { return one.second > 0; });
  if (first == cases.end()) return {};
  std::int64_t a_year_later = 0;
  for (auto silent = cases.begin(); silent != first; ++silent) {
    const auto later = cases.find(silent->first + a_year(period));
    if (later != cases.end()) a_year_later += later->second;
  }
  if (static_cast<double>(a_year_later) / std::max(1.0, dispersion) < surely) return {};
  return first->first;
}

}  // namespace minhu::recurrence
