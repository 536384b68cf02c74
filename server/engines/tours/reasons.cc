#include "engines/tours/reasons.h"

#include <fmt/core.h>

#include <algorithm>

namespace minhu::tours {

namespace {

using Facts = std::map<std::string, std::string>;

std::size_t at(int index) {
  return static_cast<std::size_t>(index);
}

std::string list_of(const std::vector<std::string>& names) {
  constexpr std::size_t most = 5;
  std::string list;
  for (std::size_t k = 0; k < names.size() && k < most; ++k)
    list += (k == 0 ? "" : ", ") + names[k];
  return names.size() > most ? list + ", …" : list;
}

std::string date_text(Date date) {
  return date == Date::min() || date == Date::max() ? "–" : format_date(date);
}

// No leader of the plan may go: why.
Reason nobody_may_go(const Problem& problem, int stop) {
  const Stop& wanted = problem.stops[at(stop)];
  std::vector<std::string> named;
  bool language = false;
  for (std::size_t k = 0; k < problem.leaders.size(); ++k) {
    const Barred why = barred(problem, stop, static_cast<int>(k));
    if (why == Barred::recused) named.push_back(problem.leaders[k].name);
    language = language || why == Barred::language;
  }
  if (wanted.person >= 0) {
    const std::string& name = problem.leaders[at(wanted.person)].name;
    const Barred why = barred(problem, stop, wanted.person);
    if (why == Barred::recused) return {"tours.out_person_recused", {{"leader", name}}};
    if (why == Barred::no) return {"tours.out_person_away", {{"leader", name}}};
  }
  if (language) return {"tours.out_language", {{"languages", list_of(wanted.languages)}}};
  if (named.size() == problem.leaders.size()) {
    return {"tours.out_recused", {{"leaders", list_of(named)}}};
  }
  return {"tours.out_nobody_there", {{"leaders", list_of(named)}}};
}

// Somebody may go, but no day has an opening that is long enough.
Reason never_open(const Problem& problem, const Compiled& compiled, int stop) {
  const Stop& wanted = problem.stops[at(stop)];
  DayTime longest = 0;
  bool any_hours = false;
  for (const Outing& outing : compiled.outings) {
    if (barred(problem, stop, outing.leader) != Barred::no) continue;
    const Day& day = problem.days[at(outing.day)];
    for (const Hours& hours : hours_on(wanted, day)) {
      any_hours = true;
      const auto part = [&](DayTime from, DayTime to) {
        longest = std::max(longest, std::min(to, day.hours.to) - std::max(from, day.hours.from));
      };
      if (day.lunch) {
        part(hours.from, std::min(hours.to, day.lunch->from));
        part(std::max(hours.from, day.lunch->to), hours.to);
      } else {
        part(hours.from, hours.to);
      }
    }
  }
  if (!any_hours) return {"tours.out_no_date", {}};
  if (longest <= 0) return {"tours.out_other_hours", {}};
  return {"tours.out_hours_short",
          {{"minutes", minutes_of(wanted.service)}, {"longest", minutes_of(longest)}}};
}

// Alone on the best of days: how many minutes are missing; nothing where it could be done.
std::int64_t missing_alone(const Field& field, const Route& route, int stop) {
  const Kind& kind = field.kinds[at(route.kind)];
  const Time there = field.way(route.start, stop);
  const Time back = field.way(stop, route.finish);
  if (there >= never || back >= never) return never;
  const Time arrival = route.begin + there;
  if (arrival > kind.last[at(stop)]) return arrival - kind.last[at(stop)];
  return std::max<std::int64_t>(0, kind.start_after(stop, arrival) + back - route.end);
}

std::vector<std::string> party_names(const Problem& problem, const Field& field, int stop) {
  std::vector<std::string> names;
  for (int other = 0; other < field.stops; ++other) {
    if (other != stop && field.party[at(other)] == field.party[at(stop)]) {
      names.push_back(problem.stops[at(other)].name);
    }
  }
  return names;
}

Facts where(const Problem& problem, const Compiled& compiled, int route) {
  const Outing& outing = compiled.outings[at(route)];
  return {{"date", format_date(problem.days[at(outing.day)].date)},
          {"leader", problem.leaders[at(outing.leader)].name}};
}

}  // namespace

std::string format_time(DayTime time) {
  return fmt::format("{:02}:{:02}", time / 3600, time / 60 % 60);
}

std::string minutes_of(std::int64_t seconds) {
  return std::to_string((seconds + 59) / 60);
}

std::string value_of(std::int64_t field_value) {
  return fmt::format("{:g}", static_cast<double>(field_value % demanded) / value_scale);
}

Exchange cheapest_exchange(const Draft& draft, int stop, int longest) {
  const Field& field = draft.field();
  Exchange best;
  for (int r = 0; r < static_cast<int>(field.routes.size()); ++r) {
    const Route& route = field.routes[at(r)];
    const Kind& kind = field.kinds[at(route.kind)];
    if (!kind.allows(stop)) continue;
    const Tour& tour = draft.tour(r);
    const int visits = tour.visits();
    for (int from = 0; from <= visits; ++from) {
      const Time arrival = tour.ready[at(from)] + field.way(tour.node[at(from)], stop);
      if (arrival > kind.last[at(stop)]) continue;
      const Time leaves = kind.start_after(stop, arrival);
      std::int64_t dropped = 0;
      for (int to = from + 1; to <= visits + 1; ++to) {
        const int gone = to - from - 1;
        if (gone > longest) break;
        if (gone > 0) {
          const int last = tour.node[at(to - 1)];
          if (draft.is_fixed(last)) break;
          dropped += kind.value[at(last)];
        }
        if (best.route >= 0 && dropped >= best.dropped) break;
        if (visits - gone + 1 > route.most) continue;
        if (leaves + field.way(stop, tour.node[at(to)]) > tour.until[at(to)]) continue;
        best = {r, from, to, dropped};
      }
    }
  }
  return best;
}

Reason why_visited(const Problem& problem, const Compiled& compiled, const Draft& draft, int stop) {
  const Field& field = compiled.field;
  const int route = draft.route_of(stop);
  const Outing& outing = compiled.outings[at(route)];
  const Stop& wanted = problem.stops[at(stop)];
  if (draft.is_fixed(stop)) return {"tours.in_announced", {}};
  switch (compiled.demand[at(stop)]) {
    case Demand::announced:
      for (const int index : compiled.moved) {
        const Announced& visit = problem.announced[at(index)];
        if (visit.stop != stop) continue;
        return {"tours.in_moved",
                {{"date", format_date(visit.date)}, {"time", format_time(visit.at)}}};
      }
      break;
    case Demand::overdue:
      if (!wanted.last_visit) return {"tours.in_never_seen", {}};
      return {"tours.in_overdue",
              {{"last", format_date(*wanted.last_visit)},
               {"months", std::to_string(wanted.months)},
               {"due", date_text(compiled.due[at(stop)])}}};
    case Demand::due:
      if (problem.days[at(outing.day)].date > compiled.due[at(stop)]) break;
      return {
          "tours.in_due",
          {{"months", std::to_string(wanted.months)}, {"due", date_text(compiled.due[at(stop)])}}};
    case Demand::must:
      return {"tours.in_must", {}};
    case Demand::none:
      break;
  }
  const Tour& tour = draft.tour(route);
  const auto place = std::find(tour.node.begin(), tour.node.end(), stop) - tour.node.begin();
  const int before = tour.node[at(static_cast<int>(place) - 1)];
  const int behind = tour.node[at(static_cast<int>(place) + 1)];
  const std::int64_t taken =
      std::int64_t{field.way(before, stop)} + field.way(stop, behind) - field.way(before, behind);
  return {"tours.in_value",
          {{"value", value_of(field.kinds[at(field.routes[at(route)].kind)].value[at(stop)])},
           {"minutes", minutes_of(std::max<std::int64_t>(0, taken))}}};
}

Reason why_left_out(const Problem& problem, const Compiled& compiled, const Draft& draft,
                    int stop) {
  const Field& field = compiled.field;
  bool may_go = false;
  bool open = false;
  std::int64_t missing = never;
  int nearest = -1;
  for (std::size_t r = 0; r < field.routes.size(); ++r) {
    const Route& route = field.routes[r];
    may_go = may_go || barred(problem, stop, compiled.outings[r].leader) == Barred::no;
    if (!field.kinds[at(route.kind)].allows(stop)) continue;
    open = true;
    const std::int64_t here = missing_alone(field, route, stop);
    if (here < missing) {
      missing = here;
      nearest = static_cast<int>(r);
    }
  }
  if (!may_go) return nobody_may_go(problem, stop);
  if (!open) return never_open(problem, compiled, stop);
  if (missing >= never) return {"tours.out_no_way", {}};
  if (missing > 0) {
    Facts facts = where(problem, compiled, nearest);
    facts["minutes"] = minutes_of(missing);
    return {"tours.out_too_far", std::move(facts)};
  }
  constexpr int longest = 1000;
  const Exchange exchange = cheapest_exchange(draft, stop, longest);
  if (exchange.route < 0) return {"tours.out_announced_first", {}};
  Facts facts = where(problem, compiled, exchange.route);
  const std::int64_t own = field.kinds[at(field.routes[at(exchange.route)].kind)].value[at(stop)];
  facts["value"] = value_of(own);
  if (exchange.to == exchange.from + 1 || exchange.dropped < own) {
    // There is room, or little would have to go: only the day of its party can stand against it.
    facts["others"] = list_of(party_names(problem, field, stop));
    return {"tours.out_party", std::move(facts)};
  }
  std::vector<std::string> names;
  const Tour& tour = draft.tour(exchange.route);
  for (int k = exchange.from + 1; k < exchange.to; ++k) {
    names.push_back(problem.stops[at(tour.node[at(k)])].name);
  }
  facts["others"] = list_of(names);
  facts["dropped"] = value_of(exchange.dropped);
  if (exchange.dropped / demanded > own / demanded) {
    return {"tours.out_demanded_first", std::move(facts)};
  }
  return {"tours.out_outweighed", std::move(facts)};
}

}  // namespace minhu::tours
