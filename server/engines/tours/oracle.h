// For tests: a solution checked by other code than made it, and the best one of a tiny field by
// trying everything.
#pragma once

#include <string>
#include <vector>

#include "engines/tours/walk.h"

namespace minhu::tours {

struct Checked {
  std::string wrong;  // empty: every rule is kept
  std::int64_t value = 0;
  std::int64_t travel = 0;
};

inline bool is_open(const Kind& kind, int stop, Time start) {
  const auto u = static_cast<std::size_t>(stop);
  for (std::uint32_t k = kind.from[u]; k < kind.from[u + 1]; ++k) {
    if (kind.openings[k].open <= start && start <= kind.openings[k].close) return true;
  }
  return false;
}

// The first start that is open and not before the arrival; `never` where there is none.
inline Time open_from(const Kind& kind, int stop, Time arrival) {
  const auto u = static_cast<std::size_t>(stop);
  Time best = never;
  for (std::uint32_t k = kind.from[u]; k < kind.from[u + 1]; ++k) {
    const Time start = std::max(arrival, kind.openings[k].open);
    if (start <= kind.openings[k].close) best = std::min(best, start);
  }
  return best;
}

inline const Fixed* fixed_visit(const Field& field, int stop) {
  for (const Fixed& visit : field.fixed) {
    if (visit.stop == stop) return &visit;
  }
  return nullptr;
}

inline Checked check(const Field& field, const Solution& solution) {
  Checked checked;
  std::vector<int> seen(static_cast<std::size_t>(field.stops), 0);
  std::vector<int> party_day(static_cast<std::size_t>(field.parties), -1);
  if (solution.tours.size() != field.routes.size()) return {"not one list a route", 0, 0};
  for (std::size_t r = 0; r < field.routes.size(); ++r) {
    const Route& route = field.routes[r];
    const Kind& kind = field.kinds[static_cast<std::size_t>(route.kind)];
    if (static_cast<int>(solution.tours[r].size()) > route.most) return {"too many visits", 0, 0};
    Time now = route.begin;
    int from = route.start;
    for (const int stop : solution.tours[r]) {
      const auto u = static_cast<std::size_t>(stop);
      if (stop < 0 || stop >= field.stops || seen[u]++ != 0) return {"a stop twice", 0, 0};
      const Time arrival = now + field.way(from, stop);
      checked.travel += field.way(from, stop) - field.service[static_cast<std::size_t>(from)];
      now = open_from(kind, stop, arrival);
      if (const Fixed* fixed = fixed_visit(field, stop)) {
        if (fixed->route != static_cast<int>(r)) return {"a fixed visit on another tour", 0, 0};
        if (arrival > fixed->at || !is_open(kind, stop, fixed->at)) return {"not as fixed", 0, 0};
        now = fixed->at;
      }
      if (now >= never) return {"closed", 0, 0};
      if (const int party = field.party[u]; party >= 0) {
        int& day = party_day[static_cast<std::size_t>(party)];
        if (day >= 0 && day != route.day) return {"a party on two days", 0, 0};
        day = route.day;
      }
      checked.value += kind.value[u];
      from = stop;
    }
    checked.travel += field.way(from, route.finish) - field.service[static_cast<std::size_t>(from)];
    if (now + field.way(from, route.finish) > route.end) return {"back too late", 0, 0};
  }
  for (const Fixed& visit : field.fixed) {
    if (seen[static_cast<std::size_t>(visit.stop)] == 0) return {"a fixed visit left out", 0, 0};
  }
  return checked;
}

// Tries every set in every order on every route.
class Exact {
 public:
  explicit Exact(const Field& field) : field_(field) {
    solution_.tours.resize(field.routes.size());
    used_.assign(static_cast<std::size_t>(field.stops), 0);
  }
  Solution best() {
    extend(0, field_.routes[0].begin, field_.routes[0].start);
    return best_;
  }

 private:
  void extend(std::size_t r, Time now, int from) {
    const Route& route = field_.routes[r];
    if (now + field_.way(from, route.finish) <= route.end) {
      if (r + 1 < field_.routes.size()) {
        extend(r + 1, field_.routes[r + 1].begin, field_.routes[r + 1].start);
      } else {
        const Checked checked = check(field_, solution_);
        solution_.value = checked.value;
        solution_.travel = checked.travel;
        if (checked.wrong.empty() && solution_.better_than(best_)) best_ = solution_;
      }
    }
    const Kind& kind = field_.kinds[static_cast<std::size_t>(route.kind)];
    for (int stop = 0; stop < field_.stops; ++stop) {
      const auto u = static_cast<std::size_t>(stop);
      if (used_[u] != 0) continue;
      Time start = open_from(kind, stop, now + field_.way(from, stop));
      if (const Fixed* fixed = fixed_visit(field_, stop)) {
        if (fixed->route != static_cast<int>(r) || start > fixed->at) continue;
        start = fixed->at;
      }
      if (start >= never) continue;
      used_[u] = 1;
      solution_.tours[r].push_back(stop);
      extend(r, start, stop);
      solution_.tours[r].pop_back();
      used_[u] = 0;
    }
  }

  const Field& field_;
  Solution solution_;
  Solution best_;
  std::vector<char> used_;
};

}  // namespace minhu::tours
