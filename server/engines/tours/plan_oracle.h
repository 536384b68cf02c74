// For tests and benchmarks: a plan held against the problem it was made from, on the wall clock and
// by other code than made it; and problems that are drawn.
#pragma once

#include <algorithm>
#include <map>
#include <set>
#include <string>

#include "engines/tours/plan.h"
#include "kernel/test_dice.h"

namespace minhu::tours {

inline std::string check_visit(const Problem& problem, const Day& day, const PlannedVisit& visit) {
  const Stop& stop = problem.stops[static_cast<std::size_t>(visit.stop)];
  const Leader& leader = problem.leaders[static_cast<std::size_t>(visit.leader)];
  const auto has = [](const auto& list, const auto& item) {
    return std::find(list.begin(), list.end(), item) != list.end();
  };
  if (has(stop.never, visit.leader)) return "recusal";
  if (stop.person >= 0 && stop.person != visit.leader) return "another person";
  if (!stop.languages.empty() &&
      std::none_of(stop.languages.begin(), stop.languages.end(),
                   [&](const std::string& wanted) { return has(leader.languages, wanted); })) {
    return "language";
  }
  if (has(leader.leave, day.date)) return "leave";
  if (!has(day.leaders, visit.leader)) return "not there that day";
  if (!stop.only_on.empty() && !has(stop.only_on, day.date)) return "not on that date";
  if (has(stop.not_on, day.date)) return "not on that date";
  if (visit.to - visit.from != stop.service) return "cut short";
  std::vector<Hours> hours = stop.hours;
  if (hours.empty()) hours = {day.hours};
  for (const DatedHours& exception : stop.on_date) {
    if (exception.date == day.date) hours = exception.hours;
  }
  if (std::none_of(hours.begin(), hours.end(), [&](const Hours& open) {
        return open.from <= visit.from && visit.to <= open.to;
      })) {
    return "closed";
  }
  if (day.lunch && visit.from < day.lunch->to && day.lunch->from < visit.to) return "across lunch";
  return {};
}

// Empty when every rule is kept and every stop is either visited or left out with a reason.
inline std::string check_plan(const Problem& problem, const Plan& plan) {
  std::vector<int> seen(problem.stops.size(), 0);
  std::map<int, Date> date_of;
  for (const PlannedDay& planned : plan.days) {
    const auto found = std::find_if(problem.days.begin(), problem.days.end(),
                                    [&](const Day& day) { return day.date == planned.date; });
    if (found == problem.days.end()) return "a day that is not in the problem";
    const Day& day = *found;
    if (day.most_stops > 0 && static_cast<int>(planned.visits.size()) > day.most_stops) {
      return "too many visits";
    }
    // Time passes without the lunch; a way that is under way then goes on after it.
    const auto after = [&](DayTime from, std::int32_t way) {
      if (!day.lunch || from + way <= day.lunch->from || from >= day.lunch->to) return from + way;
      return from + way + day.lunch->to - std::max(from, day.lunch->from);
    };
    DayTime now = day.hours.from;
    int place = day.start;
    for (const PlannedVisit& visit : planned.visits) {
      const auto u = static_cast<std::size_t>(visit.stop);
      if (seen[u]++ != 0) return problem.stops[u].id + " is visited twice";
      const std::string wrong = check_visit(problem, day, visit);
      if (!wrong.empty()) return problem.stops[u].id + ": " + wrong;
      const std::int32_t way = travel_time(problem, place, problem.stops[u].place);
      if (way < 0) return problem.stops[u].id + ": no way";
      if (after(now, way) > visit.from) return problem.stops[u].id + ": cannot be there by then";
      if (visit.reason.key.empty()) return problem.stops[u].id + ": no reason";
      date_of[visit.stop] = day.date;
      now = visit.to;
      place = problem.stops[u].place;
    }
    const std::int32_t way = planned.visits.empty() ? 0 : travel_time(problem, place, day.end);
    if (way < 0 || after(now, way) > day.hours.to) return "back too late";
  }
  for (const auto& party : problem.same_day) {
    std::set<Date> dates;
    for (const int stop : party) {
      if (date_of.contains(stop)) dates.insert(date_of[stop]);
    }
    if (dates.size() > 1) return "a party on two days";
  }
  for (const LeftOut& out : plan.left_out) {
    const auto u = static_cast<std::size_t>(out.stop);
    if (seen[u]++ != 0) return problem.stops[u].id + " is visited and left out";
    if (out.reason.key.empty()) return problem.stops[u].id + ": no reason";
  }
  for (std::size_t u = 0; u < seen.size(); ++u) {
    if (seen[u] != 1) return problem.stops[u].id + ": neither visited nor left out";
  }
  return {};
}

struct Drawn {
  int stops = 12;
  int leaders = 2;
  int days = 3;
  bool rules = true;   // languages, recusal, leave, persons, parties
  bool limits = true;  // months between visits, must
  bool announced = false;
};

// A county of 40 by 40 km with its hall in the middle, from Tuesday 2026-12-01.
inline Problem draw_problem(minhu::Dice& dice, const Drawn& shape) {
  constexpr DayTime hour = 3600;
  const Date first = std::chrono::sys_days(std::chrono::year(2026) / 12 / 1);
  Problem problem;
  const auto place = [&](std::string id) {
    problem.places.push_back({std::move(id),
                              119.5 + static_cast<double>(dice.between(0, 400)) / 1000,
                              29.3 + static_cast<double>(dice.between(0, 360)) / 1000, true});
    return static_cast<int>(problem.places.size()) - 1;
  };
  problem.places.push_back({"hall", 119.7, 29.48, true});
  for (int k = 0; k < shape.leaders; ++k) {
    Leader leader{"leader" + std::to_string(k), "L" + std::to_string(k), {"普通话"}, {}};
    if (dice.coin()) leader.languages.push_back("畲语");
    if (shape.rules && dice.between(0, 3) == 0) {
      leader.leave.push_back(first + std::chrono::days(dice.between(0, shape.days - 1)));
    }
    problem.leaders.push_back(std::move(leader));
  }
  for (int k = 0; k < shape.days; ++k) {
    Day day;
    day.date = first + std::chrono::days(k);
    day.hours = {8 * hour, 17 * hour + 1800};
    if (dice.coin()) day.lunch = Hours{12 * hour, 13 * hour};
    for (int leader = 0; leader < shape.leaders; ++leader) day.leaders.push_back(leader);
    if (dice.between(0, 3) == 0) day.most_stops = static_cast<int>(dice.between(1, 5));
    problem.days.push_back(std::move(day));
  }
  for (int k = 0; k < shape.stops; ++k) {
    Stop stop;
    stop.id = "village" + std::to_string(k);
    stop.name = stop.id;
    stop.place = place(stop.id);
    stop.service = static_cast<std::int32_t>(dice.between(2, 8)) * 900;
    stop.value = static_cast<double>(dice.between(1, 50));
    const auto hours = dice.between(0, 3);
    if (hours == 1) stop.hours = {{8 * hour, 11 * hour}};
    if (hours == 2) stop.hours = {{7 * hour, 10 * hour}, {14 * hour, 17 * hour}};
    if (shape.rules) {
      const auto any_leader = [&] { return static_cast<int>(dice.between(0, shape.leaders - 1)); };
      if (dice.between(0, 3) == 0) stop.never.push_back(any_leader());
      if (dice.between(0, 7) == 0) stop.person = any_leader();
      if (dice.between(0, 5) == 0) stop.languages.push_back("畲语");
      if (dice.between(0, 9) == 0) stop.not_on.push_back(first);
      if (dice.between(0, 9) == 0) {
        stop.on_date.push_back({first + std::chrono::days(1), {{9 * hour, 12 * hour}}});
      }
    }
    if (shape.limits) {
      if (dice.between(0, 5) == 0) stop.must = true;
      if (dice.between(0, 2) == 0) {
        stop.months = 6;
        stop.last_visit = first - std::chrono::days(dice.between(178, 186));
      }
    }
    problem.stops.push_back(std::move(stop));
  }
  if (shape.rules && shape.stops >= 4) problem.same_day = {{0, 1}, {2, 3}};
  return problem;
}

}  // namespace minhu::tours
