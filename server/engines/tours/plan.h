// A plan that says for every stop why it is visited then, or why not.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "engines/tours/problem.h"
#include "engines/tours/search.h"

namespace minhu::tours {

// A sentence of the catalogue (pages/messages/<language>/tours.json) and what fills its gaps. Dates
// are written 2026-12-01, times 09:30, lengths in minutes.
struct Reason {
  std::string key;
  std::map<std::string, std::string> facts;
  bool operator==(const Reason&) const = default;
};

struct PlannedVisit {
  int stop = 0;
  int leader = 0;
  Date date;
  DayTime arrival = 0;  // a visit may wait for its hours
  DayTime from = 0;
  DayTime to = 0;
  bool announced = false;  // stands as people were told
  Reason reason;
};

struct LeftOut {
  int stop = 0;
  Reason reason;
};

// A rule that could not be kept: a limit between visits, a stop that had to be visited, a date that
// was announced.
struct Broken {
  int stop = 0;
  Reason reason;
};

struct PlannedDay {
  Date date;
  int leader = 0;
  DayTime back = 0;
  std::int32_t travel = 0;  // seconds
  std::vector<PlannedVisit> visits;
};

struct Plan {
  std::vector<PlannedDay> days;  // by date, then leader; those without a visit too
  std::vector<LeftOut> left_out;
  std::vector<Broken> broken;
  std::vector<Reason> notes;  // on the plan as a whole
  double value = 0;           // of the visited stops
  std::int64_t travel = 0;    // seconds
};

Plan make_plan(const Problem& problem, const Work& work);

// {"days": […], "left_out": […], "broken": […], …}; `say` gives the words of a reason.
std::string write_plan(const Problem& problem, const Plan& plan,
                       const std::function<std::string(const Reason&)>& say);

}  // namespace minhu::tours
