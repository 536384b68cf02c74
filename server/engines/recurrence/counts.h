// What is counted: cases of one class, by place and by month or week.
//
// A period is a whole number, so that "the same month last year" is a subtraction: months since
// January of the year 0, or weeks (Monday to Sunday) since 1970-01-05.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "kernel/civil_time.h"
#include "kernel/result.h"

namespace minhu::recurrence {

enum class Period : std::uint8_t { month, week };

std::int64_t period_of(Date day, Period period);
Date first_day(std::int64_t number, Period period);
// How far back the same season lies: 12 months, or 52 weeks.
constexpr std::int64_t a_year(Period period) {
  return period == Period::month ? 12 : 52;
}
constexpr double periods_in_a_month(Period period) {
  return period == Period::month ? 1.0 : 365.25 / 12 / 7;
}

// Count new matters where it is known which cases belong together: each once, on the day of its
// first word. Ten people about one burst pipe are one event heard ten times, for weeks; what a
// measure changes is how often pipes burst. Counted by the day of each word, a class needs three
// times as many cases to show the same, and months of one trouble look like many witnesses
// (docs/recurrence.md).
//
// One place in one period. A period in which nothing came is a Count of 0; a period without a Count
// is one of which nothing is known.
struct Count {
  std::string place;
  std::int64_t period = 0;
  std::int64_t cases = 0;
  // How much could have come: people × the part of the period in which the doors were open, in any
  // unit that is the same for all. 0: nobody could have come, the period says nothing.
  //
  // Only what is known from elsewhere. How many cases of other kinds came from the place is chance
  // too, and belongs into the comparison, where its own chance is reckoned.
  double exposure = 1;
  // Where it is known which cases are about the same matter: the sum of the squares of the sizes of
  // the matters in `cases`. Ten people about ten matters: 10; about one: 100. New matters counted
  // once each: as many as `cases`.
  std::optional<std::int64_t> squares;
};

// Faults invalid_input, `field` names the list, details name the place and the first day of the
// period: recurrence.bad_count (negative, or beyond a thousand million), recurrence.bad_exposure
// (negative, not a number, beyond 10^15, or nobody could have come and yet somebody did),
// recurrence.bad_squares (fewer than the cases, or more than their square),
// recurrence.counted_twice.
Outcome check(const std::vector<Count>& counts, Period period, const std::string& field);

// The same with a count of 0 for every place and period from `first` to before `end` that has none:
// for those who have rows only of what came, and know that nothing else did.
std::vector<Count> with_zeros(std::vector<Count> counts, const std::vector<std::string>& places,
                              std::int64_t first, std::int64_t end);

// place → period → count, of counts that were checked. Periods without exposure are left out.
using Table = std::map<std::string, std::map<std::int64_t, Count>>;
Table table_of(const std::vector<Count>& counts);

// The words for a result: a key of pages/messages/<language>/recurrence.json and what fills its
// gaps.
struct Sentence {
  std::string key;
  std::map<std::string, std::string> details;
  bool operator==(const Sentence&) const = default;
};

// "11", "3.4", "0.06": as many digits as a reader needs, never more than are known.
std::string spoken(double number);

}  // namespace minhu::recurrence
