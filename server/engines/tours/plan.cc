#include "engines/tours/plan.h"

#include <algorithm>

#include "engines/tours/reasons.h"

namespace minhu::tours {

namespace {

std::size_t at(int index) {
  return static_cast<std::size_t>(index);
}

// Exchanges a visit or a run of them for a stop that is worth more, as long as there is one: so
// that what is said of every stop that stays out is true.
void settle(Draft& draft) {
  constexpr int longest = 1000;
  const Field& field = draft.field();
  std::vector<int> dropped;
  for (bool again = true; again;) {
    again = false;
    for (int stop = 0; stop < field.stops; ++stop) {
      if (draft.route_of(stop) >= 0 || field.party[at(stop)] >= 0) continue;
      const Exchange exchange = cheapest_exchange(draft, stop, longest);
      if (exchange.route < 0) continue;
      const auto& value = field.kinds[at(field.routes[at(exchange.route)].kind)].value;
      if (exchange.dropped >= value[at(stop)]) continue;
      dropped.clear();
      const Tour& tour = draft.tour(exchange.route);
      for (int k = exchange.from + 1; k < exchange.to; ++k) dropped.push_back(tour.node[at(k)]);
      const std::int64_t before = draft.value();
      draft.remember(exchange.route);
      if (draft.remove(dropped)) {
        const Draft::Place place = draft.cheapest(stop, exchange.route);
        if (place.position >= 0) draft.insert(stop, exchange.route, place.position);
      }
      if (draft.value() <= before) {
        draft.go_back();
        continue;
      }
      draft.forget();
      again = true;
    }
  }
}

class Writer {
 public:
  Writer(const Problem& problem, const Compiled& compiled, const Draft& draft)
      : problem_(problem), compiled_(compiled), draft_(draft) {}

  Plan write() {
    for (int route = 0; route < static_cast<int>(compiled_.outings.size()); ++route) {
      plan_.days.push_back(day(route));
    }
    for (int stop = 0; stop < compiled_.field.stops; ++stop) {
      if (draft_.route_of(stop) >= 0) {
        plan_.value += problem_.stops[at(stop)].value;
      } else {
        plan_.left_out.push_back({stop, why_left_out(problem_, compiled_, draft_, stop)});
      }
      name_broken(stop);
    }
    add_notes();
    return std::move(plan_);
  }

 private:
  PlannedDay day(int route) {
    const Outing& outing = compiled_.outings[at(route)];
    const Day& day = problem_.days[at(outing.day)];
    const Tour& tour = draft_.tour(route);
    PlannedDay planned{day.date, outing.leader, day.hours.from, 0, {}};
    if (tour.visits() == 0) return planned;
    planned.travel = static_cast<std::int32_t>(tour.travel);
    plan_.travel += tour.travel;
    for (int k = 1; k <= tour.visits(); ++k) {
      const int stop = tour.node[at(k)];
      const Time arrival = tour.ready[at(k - 1)] + compiled_.field.way(tour.node[at(k - 1)], stop);
      PlannedVisit visit;
      visit.stop = stop;
      visit.leader = outing.leader;
      visit.date = day.date;
      visit.arrival = to_wall_clock(day, arrival, true);
      visit.from = to_wall_clock(day, tour.ready[at(k)]);
      visit.to = visit.from + problem_.stops[at(stop)].service;
      visit.announced = draft_.is_fixed(stop);
      visit.reason = why_visited(problem_, compiled_, draft_, stop);
      planned.visits.push_back(std::move(visit));
    }
    planned.back = to_wall_clock(day, tour.ready.back(), true);
    return planned;
  }

  std::optional<Date> visited_on(int stop) const {
    const int route = draft_.route_of(stop);
    if (route < 0) return std::nullopt;
    return problem_.days[at(compiled_.outings[at(route)].day)].date;
  }

  void name_broken(int stop) {
    const Stop& wanted = problem_.stops[at(stop)];
    const auto visited = visited_on(stop);
    for (const Announced& visit : problem_.announced) {
      if (visit.stop != stop || (visited && draft_.is_fixed(stop))) continue;
      plan_.broken.push_back({stop,
                              {visited ? "tours.broken_moved" : "tours.broken_announced",
                               {{"date", format_date(visit.date)},
                                {"time", format_time(visit.at)},
                                {"new", visited ? format_date(*visited) : "–"}}}});
    }
    if (wanted.must && !visited) plan_.broken.push_back({stop, {"tours.broken_must", {}}});
    if (wanted.months == 0) return;
    const Date due = compiled_.due[at(stop)];
    if (due > problem_.days.back().date || (visited && *visited <= due)) return;
    const std::map<std::string, std::string> facts{
        {"months", std::to_string(wanted.months)},
        {"due", due == Date::min() ? "–" : format_date(due)},
        {"visited", visited ? format_date(*visited) : "–"}};
    const bool already = due < problem_.days.front().date;
    const char* key = already ? (visited ? "tours.broken_before" : "tours.broken_still")
                              : (visited ? "tours.broken_late" : "tours.broken_limit");
    plan_.broken.push_back({stop, {key, facts}});
  }

  void add_notes() {
    const auto holes = std::count_if(problem_.travel.begin(), problem_.travel.end(),
                                     [](std::int32_t way) { return way < 0; });
    if (holes > 0) {
      const auto first =
          static_cast<std::size_t>(std::find_if(problem_.travel.begin(), problem_.travel.end(),
                                                [](std::int32_t way) { return way < 0; }) -
                                   problem_.travel.begin());
      plan_.notes.push_back({"tours.note_holes",
                             {{"count", std::to_string(holes)},
                              {"from", problem_.places[first / problem_.places.size()].id},
                              {"to", problem_.places[first % problem_.places.size()].id}}});
    }
    std::int64_t short_of = 0;
    std::int64_t again = 0;
    for (int stop = 0; stop < compiled_.field.stops; ++stop) {
      const auto visited = visited_on(stop);
      const int months = problem_.stops[at(stop)].months;
      if (!visited && compiled_.demand[at(stop)] != Demand::none) ++short_of;
      if (visited && months > 0 && due_date(*visited, months) <= problem_.days.back().date) ++again;
    }
    if (short_of > 0) {
      plan_.notes.push_back({"tours.note_short", {{"count", std::to_string(short_of)}}});
    }
    if (again > 0) {
      plan_.notes.push_back({"tours.note_again", {{"count", std::to_string(again)}}});
    }
  }

  const Problem& problem_;
  const Compiled& compiled_;
  const Draft& draft_;
  Plan plan_;
};

}  // namespace

Plan make_plan(const Problem& problem, const Work& work) {
  const Compiled compiled = compile(problem);
  Draft draft(compiled.field);
  if (!compiled.field.routes.empty()) {
    const Solution solution = search(compiled.field, work);
    for (int route = 0; route < static_cast<int>(solution.tours.size()); ++route) {
      draft.replace(route, solution.tours[at(route)]);
    }
    draft.forget();
    settle(draft);
  }
  return Writer(problem, compiled, draft).write();
}

}  // namespace minhu::tours
