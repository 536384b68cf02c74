// From the problem people write to the field the search sees, and back.
//
// Time on a tour is working time: seconds since midnight, with the lunch cut out. So a way may be
// interrupted by lunch at no cost to the search, and no visit may: its openings leave out the
// starts from which it would still be under way.
#pragma once

#include <vector>

#include "engines/tours/field.h"
#include "engines/tours/problem.h"

namespace minhu::tours {

// Why a leader may not go to a stop, whatever the hours.
enum class Barred { no, recused, language, another_person };
Barred barred(const Problem& problem, int stop, int leader);

struct Outing {  // a route of the field
  int day = 0;
  int leader = 0;
};

// What is demanded of a stop beyond its value.
enum class Demand {
  none,
  must,       // `must` in the problem
  due,        // its limit ends within the plan
  overdue,    // its limit ended before the plan begins, or nobody was ever there
  announced,  // people were told a date that cannot be kept: it needs a new one
};

struct Compiled {
  Field field;
  std::vector<Outing> outings;  // per route
  std::vector<Demand> demand;   // per stop
  std::vector<Date> due;        // per stop with a limit: when it ends; else Date::max()
  std::vector<int> moved;       // indices into problem.announced that cannot be kept
};

// A value of the field: what is demanded counts one `demanded` each, value below that in
// hundredths.
inline constexpr std::int64_t demanded = std::int64_t{1} << 40U;
inline constexpr double value_scale = 100;

Compiled compile(const Problem& problem);

DayTime to_wall_clock(const Day& day, Time working, bool ends = false);
Time to_working(const Day& day, DayTime wall_clock);
// The hours of a stop on a date; nothing where it is closed or excluded.
std::vector<Hours> hours_on(const Stop& stop, const Day& day);
// Starts with which a visit of that length lies within the hours and not across lunch, in working
// time.
std::vector<Opening> openings_within(const std::vector<Hours>& hours, const Day& day,
                                     std::int32_t service);

}  // namespace minhu::tours
