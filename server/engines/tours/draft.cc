#include "engines/tours/draft.h"

#include "kernel/assert.h"

namespace minhu::tours {

namespace {
std::size_t at(int index) {
  return static_cast<std::size_t>(index);
}
}  // namespace

Draft::Draft(const Field& field)
    : field_(&field),
      tours_(field.routes.size()),
      where_(at(field.stops), -1),
      fixed_(at(field.stops), 0),
      fixed_at_(at(field.stops), 0),
      party_size_(at(field.parties), 0),
      party_day_(at(field.parties), -1),
      is_changed_(field.routes.size(), 0) {
  for (int route = 0; route < static_cast<int>(tours_.size()); ++route) {
    tours_[at(route)].node = {field.routes[at(route)].start, field.routes[at(route)].finish};
    recompute(route);
    count(route, 1);
  }
  for (const Fixed& visit : field.fixed) {
    fixed_[at(visit.stop)] = 1;
    fixed_at_[at(visit.stop)] = visit.at;
    if (where_[at(visit.stop)] >= 0 || !may_join(visit.stop, visit.route)) continue;
    const Place place = cheapest(visit.stop, visit.route);
    if (place.position >= 0) insert(visit.stop, visit.route, place.position);
  }
}

bool Draft::may_join(int stop, int route) const {
  const Route& hours = field_->routes[at(route)];
  if (!field_->kinds[at(hours.kind)].allows(stop)) return false;
  if (tours_[at(route)].visits() >= hours.most) return false;
  const int party = field_->party[at(stop)];
  return party < 0 || party_size_[at(party)] == 0 || party_day_[at(party)] == hours.day;
}

Draft::Place Draft::cheapest(int stop, int route) const {
  const Tour& tour = tours_[at(route)];
  const Kind& kind = field_->kinds[at(field_->routes[at(route)].kind)];
  const Time* arrive = field_->arrive_row(stop);  // [from]: the way to this stop
  const Time* depart = field_->depart_row(stop);  // [to]: service here and the way on
  const bool held = fixed_[at(stop)] != 0;
  const Time last = held ? fixed_at_[at(stop)] : kind.last[at(stop)];
  const Time service = field_->service[at(stop)];
  Place best;
  const std::size_t gaps = tour.node.size() - 1;
  for (std::size_t k = 0; k < gaps; ++k) {
    const int from = tour.node[k];
    const Time arrival = tour.ready[k] + arrive[from];
    if (arrival > last) continue;
    const int to = tour.node[k + 1];
    const Time start = held ? last : kind.start_after(stop, arrival);
    if (start + depart[to] > tour.until[k + 1]) continue;
    const Time cost = arrive[from] + depart[to] - service - field_->way(from, to);
    if (cost < best.cost) best = {static_cast<int>(k), cost};
  }
  return best;
}

void Draft::count(int route, std::int64_t sign) {
  const Tour& tour = tours_[at(route)];
  value_ += sign * tour.value;
  worth_ += sign * tour.worth;
  travel_ += sign * tour.travel;
}

bool Draft::recompute(int route) {
  Tour& tour = tours_[at(route)];
  const Route& hours = field_->routes[at(route)];
  const Kind& kind = field_->kinds[at(hours.kind)];
  const std::size_t size = tour.node.size();
  tour.ready.resize(size);
  tour.until.resize(size);
  tour.value = tour.worth = tour.travel = 0;
  tour.ready[0] = hours.begin;
  for (std::size_t k = 1; k < size; ++k) {
    const int node = tour.node[k];
    const Time way = field_->way(tour.node[k - 1], node);
    const Time arrival = tour.ready[k - 1] + way;
    tour.travel += way - field_->service[at(tour.node[k - 1])];
    if (k + 1 == size) {
      tour.ready[k] = arrival;
      break;
    }
    tour.value += kind.value[at(node)];
    tour.worth += kind.worth[at(node)];
    const Time last = fixed_[at(node)] != 0 ? fixed_at_[at(node)] : kind.last[at(node)];
    if (arrival > last) return false;
    tour.ready[k] = fixed_[at(node)] != 0 ? last : kind.start_after(node, arrival);
  }
  if (tour.ready[size - 1] > hours.end) return false;
  tour.until[size - 1] = hours.end;
  for (std::size_t k = size - 1; k-- > 1;) {
    const int node = tour.node[k];
    const Time limit = tour.until[k + 1] - field_->way(node, tour.node[k + 1]);
    tour.until[k] = fixed_[at(node)] != 0 ? fixed_at_[at(node)] : kind.start_before(node, limit);
  }
  tour.until[0] = hours.begin;
  return true;
}

void Draft::insert(int stop, int route, int position) {
  Tour& tour = tours_[at(route)];
  const Route& hours = field_->routes[at(route)];
  const Kind& kind = field_->kinds[at(hours.kind)];
  const auto k = at(position) + 1;
  const auto shift = static_cast<std::ptrdiff_t>(k);
  const int from = tour.node[k - 1];
  const int to = tour.node[k];
  tour.node.insert(tour.node.begin() + shift, stop);
  tour.ready.insert(tour.ready.begin() + shift, 0);
  tour.until.insert(tour.until.begin() + shift, 0);

  const std::size_t size = tour.node.size();
  const auto held = [&](int node) { return fixed_[at(node)] != 0; };
  for (std::size_t i = k; i < size; ++i) {
    const int node = tour.node[i];
    const Time arrival = tour.ready[i - 1] + field_->way(tour.node[i - 1], node);
    const Time start = i + 1 == size ? arrival
                       : held(node)  ? fixed_at_[at(node)]
                                     : kind.start_after(node, arrival);
    if (i > k && start == tour.ready[i]) break;
    tour.ready[i] = start;
  }
  for (std::size_t i = k; i > 0; --i) {
    const int node = tour.node[i];
    const Time limit = tour.until[i + 1] - field_->way(node, tour.node[i + 1]);
    const Time latest = held(node) ? fixed_at_[at(node)] : kind.start_before(node, limit);
    if (i < k && latest == tour.until[i]) break;
    tour.until[i] = latest;
  }
  const std::int64_t way = field_->way(from, stop) + field_->way(stop, to) - field_->way(from, to) -
                           field_->service[at(stop)];
  tour.travel += way;
  tour.value += kind.value[at(stop)];
  tour.worth += kind.worth[at(stop)];
  travel_ += way;
  value_ += kind.value[at(stop)];
  worth_ += kind.worth[at(stop)];
  where_[at(stop)] = route;
  if (const int party = field_->party[at(stop)]; party >= 0) {
    ++party_size_[at(party)];
    party_day_[at(party)] = hours.day;
  }
}

bool Draft::remove(const std::vector<int>& stops) {
  for (const int stop : stops) {
    const int route = where_[at(stop)];
    MINHU_ASSERT(route >= 0 && fixed_[at(stop)] == 0);
    remember(route);
    where_[at(stop)] = -1;
    if (const int party = field_->party[at(stop)]; party >= 0) --party_size_[at(party)];
  }
  bool kept = true;
  for (const int route : changed_) {
    Tour& tour = tours_[at(route)];
    count(route, -1);
    std::size_t end = 1;
    for (std::size_t k = 1; k + 1 < tour.node.size(); ++k) {
      if (where_[at(tour.node[k])] == route) tour.node[end++] = tour.node[k];
    }
    tour.node[end++] = tour.node.back();
    tour.node.resize(end);
    kept = recompute(route) && kept;
    count(route, 1);
  }
  return kept;
}

bool Draft::replace(int route, const std::vector<int>& stops) {
  remember(route);
  Tour& tour = tours_[at(route)];
  const Route& hours = field_->routes[at(route)];
  count(route, -1);
  for (std::size_t k = 1; k + 1 < tour.node.size(); ++k) {
    where_[at(tour.node[k])] = -1;
    if (const int party = field_->party[at(tour.node[k])]; party >= 0) --party_size_[at(party)];
  }
  tour.node.resize(1);
  for (const int stop : stops) {
    tour.node.push_back(stop);
    where_[at(stop)] = route;
    if (const int party = field_->party[at(stop)]; party >= 0) {
      ++party_size_[at(party)];
      party_day_[at(party)] = hours.day;
    }
  }
  tour.node.push_back(hours.finish);
  const bool kept = recompute(route);
  count(route, 1);
  return kept;
}

void Draft::remember(int route) {
  if (is_changed_[at(route)] != 0) return;
  is_changed_[at(route)] = 1;
  if (saved_.size() == changed_.size()) saved_.emplace_back();
  saved_[changed_.size()] = tours_[at(route)];
  changed_.push_back(route);
}

void Draft::forget() {
  for (const int route : changed_) is_changed_[at(route)] = 0;
  changed_.clear();
}

void Draft::go_back() {
  const bool parties = field_->parties > 0;
  const auto parties_of = [&](const Tour& tour, int route, int sign) {
    for (std::size_t k = 1; parties && k + 1 < tour.node.size(); ++k) {
      if (const int party = field_->party[at(tour.node[k])]; party >= 0) {
        party_size_[at(party)] += sign;
        if (sign > 0) party_day_[at(party)] = field_->routes[at(route)].day;
      }
    }
  };
  for (const int route : changed_) {
    const Tour& tour = tours_[at(route)];
    count(route, -1);
    parties_of(tour, route, -1);
    for (std::size_t k = 1; k + 1 < tour.node.size(); ++k) where_[at(tour.node[k])] = -1;
  }
  for (std::size_t index = 0; index < changed_.size(); ++index) {
    const int route = changed_[index];
    std::swap(tours_[at(route)], saved_[index]);
    const Tour& tour = tours_[at(route)];
    count(route, 1);
    parties_of(tour, route, 1);
    for (std::size_t k = 1; k + 1 < tour.node.size(); ++k) where_[at(tour.node[k])] = route;
    is_changed_[at(route)] = 0;
  }
  changed_.clear();
}

}  // namespace minhu::tours
