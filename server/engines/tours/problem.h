// Who could go where, when: what a plan is made from. docs/tours.md describes its JSON.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "kernel/civil_time.h"
#include "kernel/result.h"

namespace minhu::tours {

// Seconds of a day, from midnight.
using DayTime = std::int32_t;

struct Hours {
  DayTime from = 0;
  DayTime to = 0;
  bool operator==(const Hours&) const = default;
};

struct Place {
  std::string id;
  double longitude = 0;
  double latitude = 0;
  bool located = false;
};

struct Leader {
  std::string id;
  std::string name;
  std::vector<std::string> languages;
  std::vector<Date> leave;
};

struct Day {
  Date date;
  Hours hours;
  std::optional<Hours> lunch;  // no visit is under way then; a way pauses
  std::vector<int> leaders;    // who is there; those on leave are not
  int start = 0;               // places
  int end = 0;
  int most_stops = 0;  // of each leader; 0: as many as fit
};

struct DatedHours {
  Date date;
  std::vector<Hours> hours;
};

struct Stop {
  std::string id;
  std::string name;
  int place = 0;
  std::int32_t service = 0;  // seconds
  double value = 0;
  bool must = false;
  std::vector<Hours> hours;         // the whole visit lies in one of them; empty: any time
  std::vector<DatedHours> on_date;  // in place of `hours` on that date; none: closed
  std::vector<Date> only_on;        // empty: any date
  std::vector<Date> not_on;
  int person = -1;                     // nobody but this leader
  std::vector<int> never;              // recusal: these leaders under no circumstances
  std::vector<std::string> languages;  // whoever goes speaks one of them; empty: any
  std::optional<Date> last_visit;
  int months = 0;  // at most so many between two visits; 0: no limit
};

// A visit of which people have been told.
struct Announced {
  int stop = 0;
  std::string leader;  // may no longer be there, like the date
  Date date;
  DayTime at = 0;
};

// Where a stop was in the plan before; kept where it costs next to nothing.
struct Previous {
  int stop = 0;
  int leader = 0;
  Date date;
};

struct Problem {
  std::vector<Place> places;
  // Seconds from place to place, row by row; negative: no way. Empty: from the coordinates.
  std::vector<std::int32_t> travel;
  double speed = 35;     // km/h
  double detour = 1.35;  // road over straight line
  // Seconds; a way from coordinates is rounded up to whole ones, so that people are told 9:35 and
  // not 9:32.
  std::int32_t whole = 1;
  std::vector<Leader> leaders;
  std::vector<Day> days;
  std::vector<Stop> stops;
  std::vector<std::vector<int>> same_day;
  std::vector<Announced> announced;
  std::vector<Previous> previous;
};

inline constexpr std::size_t most_stops = 5000;
inline constexpr std::size_t most_tours = 2000;  // days times leaders

// Faults invalid_input (details: where, and what is wrong there): tours.not_json, tours.missing,
// tours.wrong_type, tours.unknown_field, tours.out_of_range, tours.unknown_id, tours.named_twice,
// tours.bad_date, tours.bad_hours, tours.no_days, tours.no_leaders, tours.no_stops,
// tours.matrix_shape, tours.no_coordinates, tours.in_two_parties; too_large tours.too_many_stops,
// tours.too_many_tours, tours.too_many_choices.
Result<Problem> read_problem(std::string_view json);

// The day on which the next visit is due at the latest: the same day of the month, or the last one
// of a shorter month.
Date due_date(Date last_visit, int months);
// Seconds from one place to another; negative: no way.
std::int32_t travel_time(const Problem& problem, int from, int to);

}  // namespace minhu::tours
