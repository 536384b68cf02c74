#include "engines/recurrence/counts.h"

#include <fmt/format.h>

#include <cmath>
#include <set>
#include <utility>

namespace minhu::recurrence {

namespace {

constexpr std::int64_t most_cases = 1'000'000'000;
constexpr double most_exposure = 1e15;
// 1970-01-01 was a Thursday; the first whole week began on the Monday after it.
constexpr std::int64_t first_monday = 4;

std::int64_t floor_div(std::int64_t number, std::int64_t by) {
  const std::int64_t part = number / by;
  return part * by > number ? part - 1 : part;
}

bool squares_fit(const Count& count) {
  if (!count.squares) return true;
  const auto cases = static_cast<double>(count.cases);
  const auto squares = static_cast<double>(*count.squares);
  return squares >= cases && squares <= cases * cases;
}

}  // namespace

std::int64_t period_of(Date day, Period period) {
  if (period == Period::week) return floor_div(day.time_since_epoch().count() - first_monday, 7);
  const std::chrono::year_month_day civil{day};
  return std::int64_t{static_cast<int>(civil.year())} * 12 +
         (static_cast<unsigned>(civil.month()) - 1);
}

Date first_day(std::int64_t number, Period period) {
  if (period == Period::week) {
    return Date{std::chrono::days{static_cast<int>(number * 7 + first_monday)}};
  }
  const std::int64_t year = floor_div(number, 12);
  return Date{std::chrono::year{static_cast<int>(year)} /
              std::chrono::month{static_cast<unsigned>(number - year * 12 + 1)} / 1};
}

Outcome check(const std::vector<Count>& counts, Period period, const std::string& field) {
  std::set<std::pair<std::string, std::int64_t>> seen;
  for (const Count& count : counts) {
    const auto refuse = [&](const char* key) {
      return fail(
          FaultCode::invalid_input, key, field,
          std::map<std::string, std::string>{
              {"place", count.place}, {"period", format_date(first_day(count.period, period))}});
    };
    // Periods are made by period_of; anything outside the years 1 to 9999 is no day of a case.
    const bool of_our_time =
        count.period >= period_of(Date{std::chrono::year{1} / 1 / 8}, period) &&
        count.period <= period_of(Date{std::chrono::year{9999} / 1 / 1}, period);
    if (!of_our_time) {
      return fail(FaultCode::invalid_input, "recurrence.bad_period", field,
                  std::map<std::string, std::string>{{"place", count.place}});
    }
    if (count.cases < 0 || count.cases > most_cases) return refuse("recurrence.bad_count");
    if (!std::isfinite(count.exposure) || count.exposure < 0 || count.exposure > most_exposure ||
        (count.exposure == 0 && count.cases > 0)) {
      return refuse("recurrence.bad_exposure");
    }
    if (!squares_fit(count)) return refuse("recurrence.bad_squares");
    if (!seen.emplace(count.place, count.period).second) return refuse("recurrence.counted_twice");
  }
  return {};
}

std::vector<Count> with_zeros(std::vector<Count> counts, const std::vector<std::string>& places,
                              std::int64_t first, std::int64_t end) {
  std::set<std::pair<std::string, std::int64_t>> seen;
  bool matters_known = true;
  for (const Count& count : counts) {
    seen.emplace(count.place, count.period);
    matters_known = matters_known && count.squares.has_value();
  }
  for (const std::string& place : places) {
    for (std::int64_t period = first; period < end; ++period) {
      if (!seen.emplace(place, period).second) continue;
      Count nothing{place, period, 0, 1, {}};
      if (matters_known) nothing.squares = 0;
      counts.push_back(std::move(nothing));
    }
  }
  return counts;
}

Table table_of(const std::vector<Count>& counts) {
  Table table;
  for (const Count& count : counts) {
    if (count.exposure > 0) table[count.place][count.period] = count;
  }
  return table;
}

std::string spoken(double number) {
  const double size = std::abs(number);
  if (size == 0) return "0";
  if (size >= 9.95) return fmt::format("{:.0f}", number);
  const std::string text = fmt::format("{:.{}f}", number, size >= 0.095 ? 1 : 2);
  return text.ends_with(".0") ? text.substr(0, text.size() - 2) : text;
}

}  // namespace minhu::recurrence
