#include "engines/tours/compile.h"

#include <algorithm>
#include <cmath>

namespace minhu::tours {

namespace {

std::size_t at(int index) {
  return static_cast<std::size_t>(index);
}

bool holds(const std::vector<Date>& dates, Date date) {
  return std::binary_search(dates.begin(), dates.end(), date);
}

std::int32_t lunch_length(const Day& day) {
  return day.lunch ? day.lunch->to - day.lunch->from : 0;
}

bool works(const Problem& problem, const Day& day, int leader) {
  return std::find(day.leaders.begin(), day.leaders.end(), leader) != day.leaders.end() &&
         !holds(problem.leaders[at(leader)].leave, day.date);
}

void set_ways(const Problem& problem, Field& field) {
  const auto place_of = [&](int node) {
    return node < field.stops ? problem.stops[at(node)].place : node - field.stops;
  };
  for (int stop = 0; stop < field.stops; ++stop) {
    field.service[at(stop)] = problem.stops[at(stop)].service;
  }
  for (int a = 0; a < field.nodes; ++a) {
    for (int b = 0; b < field.nodes; ++b) {
      const std::int32_t way = travel_time(problem, place_of(a), place_of(b));
      set_way(field, a, b, way < 0 ? never : field.service[at(a)] + way);
    }
  }
}

void find_demands(const Problem& problem, Compiled& compiled) {
  const Date first = problem.days.front().date;
  const Date last = problem.days.back().date;
  compiled.demand.assign(problem.stops.size(), Demand::none);
  compiled.due.assign(problem.stops.size(), Date::max());
  for (std::size_t u = 0; u < problem.stops.size(); ++u) {
    const Stop& stop = problem.stops[u];
    if (stop.must) compiled.demand[u] = Demand::must;
    if (stop.months == 0) continue;
    compiled.due[u] = stop.last_visit ? due_date(*stop.last_visit, stop.months) : Date::min();
    if (compiled.due[u] < first) {
      compiled.demand[u] = Demand::overdue;
    } else if (compiled.due[u] <= last) {
      compiled.demand[u] = Demand::due;
    }
  }
  for (const int index : compiled.moved) {
    compiled.demand[at(problem.announced[at(index)].stop)] = Demand::announced;
  }
}

Kind kind_of(const Problem& problem, const Compiled& compiled, const Outing& outing) {
  const Day& day = problem.days[at(outing.day)];
  Kind kind;
  for (std::size_t u = 0; u < problem.stops.size(); ++u) {
    const Stop& stop = problem.stops[u];
    std::vector<Opening> openings;
    if (barred(problem, static_cast<int>(u), outing.leader) == Barred::no) {
      openings = openings_within(hours_on(stop, day), day, stop.service);
    }
    kind.from.push_back(static_cast<std::uint32_t>(kind.openings.size()));
    kind.openings.insert(kind.openings.end(), openings.begin(), openings.end());
    kind.first.push_back(openings.empty() ? never : openings.front().open);
    kind.last.push_back(openings.empty() ? -never : openings.back().close);
    kind.single = kind.single && openings.size() <= 1;
    std::int64_t value = std::llround(stop.value * value_scale);
    const Demand demand = compiled.demand[u];
    // A visit after its limit is still worth what it is worth, but keeps no rule.
    const bool in_time = demand != Demand::due || stop.must || day.date <= compiled.due[u];
    if (demand != Demand::none && in_time) value += demanded;
    kind.value.push_back(value);
  }
  kind.from.push_back(static_cast<std::uint32_t>(kind.openings.size()));
  return kind;
}

// Where a stop was before is worth one in a hundred more, so that a new plan resembles the old one
// where that costs next to nothing.
void prefer_previous(const Problem& problem, const Outing& outing, Kind& kind) {
  for (const Previous& visit : problem.previous) {
    if (visit.leader != outing.leader) continue;
    if (visit.date != problem.days[at(outing.day)].date) continue;
    std::int64_t& value = kind.value[at(visit.stop)];
    value += std::max<std::int64_t>(1, value % demanded / 100);
  }
}

void add_routes(const Problem& problem, Compiled& compiled) {
  Field& field = compiled.field;
  for (std::size_t d = 0; d < problem.days.size(); ++d) {
    const Day& day = problem.days[d];
    for (const int leader : day.leaders) {
      if (!works(problem, day, leader)) continue;
      const Outing outing{static_cast<int>(d), leader};
      Kind kind = kind_of(problem, compiled, outing);
      prefer_previous(problem, outing, kind);
      auto same = std::find(field.kinds.begin(), field.kinds.end(), kind);
      if (same == field.kinds.end()) {
        field.kinds.push_back(std::move(kind));
        same = field.kinds.end() - 1;
      }
      Route route;
      route.kind = static_cast<int>(same - field.kinds.begin());
      route.begin = to_working(day, day.hours.from);
      route.end = to_working(day, day.hours.to);
      route.start = field.stops + day.start;
      route.finish = field.stops + day.end;
      route.day = static_cast<int>(d);
      if (day.most_stops > 0) route.most = day.most_stops;
      field.routes.push_back(route);
      compiled.outings.push_back(outing);
    }
  }
}

int route_of(const Problem& problem, const Compiled& compiled, const Announced& visit) {
  for (std::size_t r = 0; r < compiled.outings.size(); ++r) {
    const Outing& outing = compiled.outings[r];
    if (problem.days[at(outing.day)].date == visit.date &&
        problem.leaders[at(outing.leader)].id == visit.leader) {
      return static_cast<int>(r);
    }
  }
  return -1;
}

// Whether the last of the visits can be kept beside the others.
bool can_stand(const Field& field, const std::vector<Fixed>& visits) {
  const Fixed& added = visits.back();
  const Route& route = field.routes[at(added.route)];
  const Kind& kind = field.kinds[at(route.kind)];
  std::vector<Fixed> tour;
  for (const Fixed& visit : visits) {
    if (visit.route == added.route) tour.push_back(visit);
    const int party = field.party[at(visit.stop)];
    const bool together = party >= 0 && party == field.party[at(added.stop)];
    if (together && field.routes[at(visit.route)].day != route.day) return false;
  }
  if (static_cast<int>(tour.size()) > route.most || !kind.allows(added.stop)) return false;
  if (kind.start_before(added.stop, added.at) != added.at) return false;  // closed then
  std::sort(tour.begin(), tour.end(), [](const Fixed& a, const Fixed& b) { return a.at < b.at; });
  Time now = route.begin;
  int from = route.start;
  for (const Fixed& visit : tour) {
    if (now + field.way(from, visit.stop) > visit.at) return false;
    now = visit.at;
    from = visit.stop;
  }
  return now + field.way(from, route.finish) <= route.end;
}

Compiled compile_without(const Problem& problem, const std::vector<int>& moved) {
  Compiled compiled;
  compiled.moved = moved;
  const int stops = static_cast<int>(problem.stops.size());
  compiled.field = empty_field(stops, static_cast<int>(problem.places.size()));
  set_ways(problem, compiled.field);
  find_demands(problem, compiled);
  add_routes(problem, compiled);
  compiled.field.parties = static_cast<int>(problem.same_day.size());
  for (std::size_t party = 0; party < problem.same_day.size(); ++party) {
    for (const int stop : problem.same_day[party]) {
      compiled.field.party[at(stop)] = static_cast<int>(party);
    }
  }
  return compiled;
}

}  // namespace

Barred barred(const Problem& problem, int stop, int leader) {
  const Stop& wanted = problem.stops[at(stop)];
  const auto& never_these = wanted.never;
  if (std::find(never_these.begin(), never_these.end(), leader) != never_these.end()) {
    return Barred::recused;
  }
  if (wanted.person >= 0 && wanted.person != leader) return Barred::another_person;
  if (wanted.languages.empty()) return Barred::no;
  for (const std::string& spoken : problem.leaders[at(leader)].languages) {
    if (std::find(wanted.languages.begin(), wanted.languages.end(), spoken) !=
        wanted.languages.end()) {
      return Barred::no;
    }
  }
  return Barred::language;
}

Time to_working(const Day& day, DayTime wall_clock) {
  if (!day.lunch || wall_clock <= day.lunch->from) return wall_clock;
  return std::max(day.lunch->from, wall_clock - lunch_length(day));
}

// The very second at which lunch begins and ends is the same working time: an end belongs before
// lunch, a beginning behind it.
DayTime to_wall_clock(const Day& day, Time working, bool ends) {
  if (!day.lunch || working < day.lunch->from) return working;
  if (ends && working == day.lunch->from) return working;
  return working + lunch_length(day);
}

std::vector<Hours> hours_on(const Stop& stop, const Day& day) {
  if (!stop.only_on.empty() && !holds(stop.only_on, day.date)) return {};
  if (holds(stop.not_on, day.date)) return {};
  for (const DatedHours& exception : stop.on_date) {
    if (exception.date == day.date) return exception.hours;
  }
  if (stop.hours.empty()) return {day.hours};
  return stop.hours;
}

std::vector<Opening> openings_within(const std::vector<Hours>& hours, const Day& day,
                                     std::int32_t service) {
  std::vector<Opening> openings;
  const auto add = [&](DayTime from, DayTime to) {
    from = std::max(from, day.hours.from);
    to = std::min(to, day.hours.to);
    if (to - from < service) return;
    const Opening opening{to_working(day, from), to_working(day, to - service)};
    if (!openings.empty() && opening.open <= openings.back().close) {
      openings.back().close = std::max(openings.back().close, opening.close);
    } else {
      openings.push_back(opening);
    }
  };
  for (const Hours& open : hours) {
    if (!day.lunch) {
      add(open.from, open.to);
    } else {
      add(open.from, std::min(open.to, day.lunch->from));
      add(std::max(open.from, day.lunch->to), open.to);
    }
  }
  return openings;
}

Compiled compile(const Problem& problem) {
  std::vector<int> moved;
  Compiled compiled = compile_without(problem, moved);
  std::vector<Fixed> fixed;
  for (std::size_t k = 0; k < problem.announced.size(); ++k) {
    const Announced& visit = problem.announced[k];
    const int route = route_of(problem, compiled, visit);
    bool kept = route >= 0;
    if (kept) {
      const Day& day = problem.days[at(compiled.outings[at(route)].day)];
      fixed.push_back({visit.stop, route, to_working(day, visit.at)});
      // A time within lunch is no working time and would come out as its end.
      kept = to_wall_clock(day, fixed.back().at) == visit.at && can_stand(compiled.field, fixed);
      if (!kept) fixed.pop_back();
    }
    if (!kept) moved.push_back(static_cast<int>(k));
  }
  if (!moved.empty()) compiled = compile_without(problem, moved);
  std::sort(fixed.begin(), fixed.end(), [](const Fixed& a, const Fixed& b) {
    return a.route != b.route ? a.route < b.route : a.at < b.at;
  });
  compiled.field.fixed = std::move(fixed);
  finish_field(compiled.field, demanded);
  return compiled;
}

}  // namespace minhu::tours
