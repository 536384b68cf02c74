#include "engines/tours/rescue.h"

#include <algorithm>
#include <bit>
#include <limits>

namespace minhu::tours {

namespace {

constexpr std::int64_t dear = std::numeric_limits<std::int64_t>::max();
constexpr std::size_t patience = 10;  // steps for each stop that is missing
constexpr int stirred = 8;            // visits moved after something had to leave

std::size_t at(int index) {
  return static_cast<std::size_t>(index);
}

}  // namespace

Rescue::Rescue(const Field& field, std::uint64_t seed)
    : field_(field),
      dice_(seed),
      squeeze_(field),
      wanted_(at(field.stops), 0),
      fixed_at_(at(field.stops), -1),
      mates_(at(field.parties)),
      tours_(field.routes.size()),
      where_(at(field.stops), -1),
      weight_(at(field.stops), 1),
      kept_weight_(std::size_t{1} << static_cast<unsigned>(Squeeze::most), 0) {
  for (int stop = 0; stop < field.stops; ++stop) {
    if (field.party[at(stop)] >= 0) mates_[at(field.party[at(stop)])].push_back(stop);
  }
  for (const Fixed& visit : field.fixed) {  // in order of time on each route
    fixed_at_[at(visit.stop)] = visit.at;
    tours_[at(visit.route)].push_back(visit.stop);
    where_[at(visit.stop)] = visit.route;
    if (can_be_on(visit.stop, visit.route)) ++possible_;
  }
  for (int stop = 0; stop < field.stops; ++stop) {
    if (fixed_at_[at(stop)] >= 0) continue;
    Room room{.route = -1, .cost = 1, .tour = {}};
    for (int route = 0; route < routes() && room.route < 0; ++route) {
      look_for_room(stop, route, room);
    }
    if (room.route < 0) continue;
    wanted_[at(stop)] = 1;
    ++possible_;
  }
}

void Rescue::begin(const std::vector<std::vector<int>>& tours) {
  take_over(tours);
  best_ = tours_;
  best_out_ = out_.size();
}

void Rescue::take_over(const std::vector<std::vector<int>>& tours) {
  std::fill(where_.begin(), where_.end(), -1);
  for (int route = 0; route < routes(); ++route) {
    std::vector<int>& tour = tours_[at(route)];
    tour.clear();
    for (const int stop : tours[at(route)]) {
      const bool stays =
          fixed_at_[at(stop)] >= 0 || (wanted_[at(stop)] != 0 && can_be_on(stop, route));
      if (stays) tour.push_back(stop);
    }
    // Where ways break the triangle, what is left may be late without what was set aside.
    if (!in_time(route, tour)) {
      std::erase_if(tour, [&](int stop) { return fixed_at_[at(stop)] < 0; });
    }
    for (const int stop : tour) where_[at(stop)] = route;
  }
  out_.clear();
  for (int stop = 0; stop < field_.stops; ++stop) {
    if (wanted_[at(stop)] != 0 && where_[at(stop)] < 0) out_.push_back(stop);
  }
  std::fill(weight_.begin(), weight_.end(), 1);
  since_best_ = 0;
}

void Rescue::run(std::int64_t work, const std::function<bool()>& stop) {
  const std::int64_t until = squeeze_.work() + steps_ + work;
  while (!out_.empty() && squeeze_.work() + steps_ < until && !stop()) {
    ++steps_;
    const int next = out_.back();
    out_.pop_back();
    force(next);
    if (out_.size() < best_out_) {
      best_ = tours_;
      best_out_ = out_.size();
      since_best_ = 0;
    } else if (++since_best_ > patience * (at(possible_) / 2 + best_out_)) {
      begin_again();
    }
  }
}

// Where not everything can be kept, weights grow without end and lead away. From the best tours not
// every better one is within reach (a whole party may be on the wrong day), so now and then it goes
// from nothing: the rarer, the longer that way is.
void Rescue::begin_again() {
  const bool from_nothing = ++returned_ % (1 + possible_ / 4) == 0;
  std::vector<std::vector<int>> tours = best_;
  for (std::vector<int>& tour : tours) {
    if (from_nothing) std::erase_if(tour, [&](int stop) { return fixed_at_[at(stop)] < 0; });
  }
  take_over(tours);
  changed_.clear();
  if (!from_nothing) stir();
  const auto any = [&] { return at(dice_.below(static_cast<int>(out_.size()))); };
  for (std::size_t k = 0; from_nothing && k < out_.size(); ++k) std::swap(out_[k], out_[any()]);
  std::swap(out_.front(), out_[any()]);
  std::swap(out_.back(), out_[any()]);
}

std::int64_t Rescue::cost_of_mates(int stop, int day) const {
  const int party = field_.party[at(stop)];
  if (party < 0) return 0;
  std::int64_t cost = 0;
  for (const int mate : mates_[at(party)]) {
    const int route = where_[at(mate)];
    if (mate == stop || route < 0 || field_.routes[at(route)].day == day) continue;
    if (fixed_at_[at(mate)] >= 0) return dear;
    cost += weight_[at(mate)];
  }
  return cost;
}

void Rescue::measure(int route) {
  const Route& hours = field_.routes[at(route)];
  const Kind& kind = field_.kinds[at(hours.kind)];
  const std::vector<int>& tour = tours_[at(route)];
  ready_.resize(tour.size());
  until_.resize(tour.size());
  Time now = hours.begin;
  int from = hours.start;
  for (std::size_t k = 0; k < tour.size(); ++k) {
    const Time fixed = fixed_at_[at(tour[k])];
    now = fixed >= 0 ? fixed : kind.start_after(tour[k], now + field_.way(from, tour[k]));
    ready_[k] = now;
    from = tour[k];
  }
  Time limit = hours.end;
  int to = hours.finish;
  for (std::size_t k = tour.size(); k-- > 0;) {
    const Time fixed = fixed_at_[at(tour[k])];
    limit = fixed >= 0 ? fixed : kind.start_before(tour[k], limit - field_.way(tour[k], to));
    until_[k] = limit;
    to = tour[k];
  }
}

bool Rescue::in_time(int route, const std::vector<int>& tour) const {
  const Route& hours = field_.routes[at(route)];
  const Kind& kind = field_.kinds[at(hours.kind)];
  Time now = hours.begin;
  int from = hours.start;
  for (const int stop : tour) {
    const Time arrival = now + field_.way(from, stop);
    const Time fixed = fixed_at_[at(stop)];
    if (arrival > (fixed >= 0 ? fixed : kind.last[at(stop)])) return false;
    now = fixed >= 0 ? fixed : kind.start_after(stop, arrival);
    from = stop;
  }
  return tour.empty() || now + field_.way(from, hours.finish) <= hours.end;
}

// A short tour is looked at as a whole; a long one in every stretch of some stops.
void Rescue::look_for_room(int stop, int route, Room& room) {
  const Route& hours = field_.routes[at(route)];
  if (!can_be_on(stop, route)) return;
  const std::int64_t mates = cost_of_mates(stop, hours.day);
  if (mates > room.cost) return;
  const auto count = static_cast<int>(tours_[at(route)].size());
  constexpr int width = Squeeze::most - 1;
  if (count > width) measure(route);
  for (int from = 0; from == 0 || from + width <= count; ++from) {
    look_between(stop, route, {from, std::min(count, from + width), mates}, room);
  }
}

void Rescue::look_between(int stop, int route, const Window& window, Room& room) {
  const Route& hours = field_.routes[at(route)];
  const std::vector<int>& tour = tours_[at(route)];
  const int count = static_cast<int>(tour.size());
  const bool first = window.from == 0;
  const bool last = window.to == count;
  const Stretch stretch{.kind = hours.kind,
                        .start = first ? hours.start : tour[at(window.from - 1)],
                        .finish = last ? hours.finish : tour[at(window.to)],
                        .begin = first ? hours.begin : ready_[at(window.from - 1)],
                        .end = last ? hours.end : until_[at(window.to)],
                        .most = hours.most - (count - (window.to - window.from))};
  if (stretch.most < 1) return;
  looked_at_.assign(tour.begin() + window.from, tour.begin() + window.to);
  looked_at_.push_back(stop);
  squeeze_.look(stretch, looked_at_);

  const auto bit = [](std::size_t k) { return Squeeze::Subset{1} << static_cast<unsigned>(k); };
  Squeeze::Subset needed = bit(looked_at_.size() - 1);
  std::int64_t all = 0;
  for (std::size_t k = 0; k + 1 < looked_at_.size(); ++k) {
    if (fixed_at_[at(looked_at_[k])] >= 0) needed |= bit(k);
    all += weight_[at(looked_at_[k])];
  }
  Squeeze::Subset best = 0;
  for (Squeeze::Subset subset = 1; subset < bit(looked_at_.size()); ++subset) {
    const Squeeze::Subset rest = subset & (subset - 1);
    const auto lowest = at(std::countr_zero(subset));
    kept_weight_[subset] = kept_weight_[rest] +
                           (lowest + 1 == looked_at_.size() ? 0 : weight_[at(looked_at_[lowest])]);
    if ((subset & needed) != needed || !squeeze_.fits(subset)) continue;
    const std::int64_t cost = window.mates + all - kept_weight_[subset];
    const bool as_good = cost == room.cost && room.cost > 0 && dice_.one_in(2);
    if (cost > room.cost || (cost == room.cost && !as_good)) continue;
    room.cost = cost;
    best = subset;
  }
  if (best == 0) return;
  room.route = route;
  room.tour.assign(tour.begin(), tour.begin() + window.from);
  const std::vector<int> order = squeeze_.order(best);
  room.tour.insert(room.tour.end(), order.begin(), order.end());
  room.tour.insert(room.tour.end(), tour.begin() + window.to, tour.end());
}

// Puts a stop where there is room; what has to leave waits for its turn.
void Rescue::settle(int stop, const Room& room) {
  const int day = field_.routes[at(room.route)].day;
  const int party = field_.party[at(stop)];
  for (std::size_t k = 0; party >= 0 && k < mates_[at(party)].size(); ++k) {
    const int mate = mates_[at(party)][k];
    const int route = where_[at(mate)];
    if (mate != stop && route >= 0 && field_.routes[at(route)].day != day) take_off(mate);
  }
  for (const int before : tours_[at(room.route)]) where_[at(before)] = -1;
  for (const int now : room.tour) where_[at(now)] = room.route;
  for (const int before : tours_[at(room.route)]) {
    if (where_[at(before)] < 0) out_.push_back(before);
  }
  tours_[at(room.route)] = room.tour;
}

void Rescue::take_off(int stop) {
  const int route = where_[at(stop)];
  std::vector<int>& tour = tours_[at(route)];
  std::erase(tour, stop);
  where_[at(stop)] = -1;
  out_.push_back(stop);
  if (in_time(route, tour)) return;
  for (const int other : std::vector<int>(tour)) {
    if (fixed_at_[at(other)] >= 0) continue;
    std::erase(tour, other);
    where_[at(other)] = -1;
    out_.push_back(other);
  }
}

void Rescue::force(int stop) {
  Room room{.route = -1, .cost = dear - 1, .tour = {}};
  const int offset = dice_.below(routes());
  for (int k = 0; k < routes() && room.cost > 0; ++k) {
    look_for_room(stop, (offset + k) % routes(), room);
  }
  if (room.route < 0) {  // none of its stretches would do: the others first
    out_.insert(out_.begin(), stop);
    return;
  }
  if (room.cost > 0) ++weight_[at(stop)];
  settle(stop, room);
  if (room.cost == 0) return;
  changed_.assign(1, room.route);
  stir();
  for (const int route : changed_) let_in(route);
}

// What waits and finds room where something changed need not wait for its turn.
void Rescue::let_in(int route) {
  for (std::size_t k = 0; k < out_.size();) {
    const int stop = out_[k];
    Room room{.route = -1, .cost = 1, .tour = {}};
    look_for_room(stop, route, room);
    if (room.route < 0 || room.cost > 0) {
      ++k;
      continue;
    }
    out_.erase(out_.begin() + static_cast<std::ptrdiff_t>(k));
    settle(stop, room);
  }
}

// Moves visits about where that costs nothing, so that the next stop finds other gaps.
void Rescue::stir() {
  for (int k = 0; k < stirred; ++k) {
    const std::vector<int>& one = tours_[at(dice_.below(routes()))];
    if (one.empty()) continue;
    const int stop = one[at(dice_.below(static_cast<int>(one.size())))];
    const int other = dice_.below(routes());
    if (fixed_at_[at(stop)] >= 0 || where_[at(stop)] == other) continue;
    const std::vector<int>& there = tours_[at(other)];
    if (there.empty() || dice_.one_in(2)) {
      move(stop, other);
    } else {
      exchange(stop, there[at(dice_.below(static_cast<int>(there.size())))]);
    }
  }
}

bool Rescue::move(int stop, int route) {
  Room room{.route = -1, .cost = 1, .tour = {}};
  look_for_room(stop, route, room);
  if (room.route < 0 || room.cost > 0) return false;
  const int from = where_[at(stop)];
  std::vector<int> without = tours_[at(from)];
  std::erase(without, stop);
  if (!in_time(from, without)) return false;
  tours_[at(from)] = std::move(without);
  settle(stop, room);
  changed_.push_back(from);
  return true;
}

void Rescue::exchange(int one, int other) {
  if (fixed_at_[at(other)] >= 0) return;
  const int here = where_[at(one)];
  const int there = where_[at(other)];
  if (!can_be_on(one, there) || !can_be_on(other, here)) return;
  const std::vector<int> tour_here = tours_[at(here)];
  const std::vector<int> tour_there = tours_[at(there)];
  std::erase(tours_[at(there)], other);
  where_[at(other)] = -1;
  if (in_time(there, tours_[at(there)]) && move(one, there)) {
    Room room{.route = -1, .cost = 1, .tour = {}};
    look_for_room(other, here, room);
    if (room.route >= 0 && room.cost == 0) {
      settle(other, room);
      changed_.push_back(there);
      return;
    }
  }
  tours_[at(here)] = tour_here;
  tours_[at(there)] = tour_there;
  where_[at(one)] = here;
  where_[at(other)] = there;
}

}  // namespace minhu::tours
