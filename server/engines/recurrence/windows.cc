#include "engines/recurrence/windows.h"

#include <algorithm>
#include <set>

namespace minhu::recurrence {

namespace {

std::set<std::int64_t> known_periods(const Table& table) {
  std::set<std::int64_t> known;
  for (const auto& [place, periods] : table) {
    for (const auto& [number, count] : periods) known.insert(number);
  }
  return known;
}

std::int64_t in_periods(std::int64_t months, Period period) {
  return period == Period::month ? months : months * a_year(period) / 12;
}

bool over_by(std::int64_t number, Date day, Period period) {
  return first_day(number + 1, period) <= day;
}

}  // namespace

std::int64_t least_periods(const Settings& settings, Period period) {
  return in_periods(settings.least_months, period);
}

std::vector<std::int64_t> periods_after(const Question& question, const Settings& settings,
                                        const Table& table) {
  const auto most = static_cast<std::size_t>(in_periods(settings.most_months, question.period));
  const Date clear =
      question.measured_on + std::chrono::days{static_cast<int>(settings.washout_days)};
  std::vector<std::int64_t> after;
  for (const std::int64_t number : known_periods(table)) {
    if (first_day(number, question.period) < clear) continue;
    if (!over_by(number, question.known_until, question.period) || after.size() == most) break;
    after.push_back(number);
  }
  return after;
}

Windows same_season(const Question& question, const Settings& settings, const Table& table,
                    const std::vector<std::int64_t>& after) {
  const std::set<std::int64_t> known = known_periods(table);
  const std::int64_t year = a_year(question.period);
  Windows windows;
  for (const std::int64_t number : after) {
    std::vector<std::int64_t> before;
    for (std::int64_t then = number - year;
         !known.empty() && then >= *known.begin() &&
         static_cast<std::int64_t>(before.size()) < settings.years_before;
         then -= year) {
      if (over_by(then, question.measured_on, question.period) && known.contains(then)) {
        before.push_back(then);
      }
    }
    if (!before.empty()) windows.before_of[number] = std::move(before);
  }
  return windows;
}

Windows just_before(const Question& question, const Table& table,
                    const std::vector<std::int64_t>& after) {
  std::vector<std::int64_t> before;
  for (const std::int64_t number : known_periods(table)) {
    if (over_by(number, question.measured_on, question.period)) before.push_back(number);
  }
  Windows windows;
  windows.same_season = false;
  const std::size_t number = std::min(before.size(), after.size());
  for (std::size_t i = 0; i < number; ++i) {
    windows.before_of[after[i]] = {before[before.size() - number + i]};
  }
  return windows;
}

}  // namespace minhu::recurrence
