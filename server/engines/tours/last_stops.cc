#include "engines/tours/last_stops.h"

#include <algorithm>
#include <limits>

namespace minhu::tours {

namespace {

constexpr std::size_t nearest = 40;
// Stops that leave a tour at once: as many as keep the sets of them few.
std::size_t most_ejected(int visits) {
  if (visits <= 20) return 5;
  return visits <= 30 ? 4 : 3;
}
constexpr int stirred = 3000;  // changes tried after an ejection
constexpr int ways = 10;       // in which two tours change; see swap_of

std::size_t at(int index) {
  return static_cast<std::size_t>(index);
}

}  // namespace

bool LastStops::suits(const Field& field) {
  return field.alike && field.stops > 1 && field.kinds[at(field.routes.front().kind)].single &&
         field.routes.front().most >= field.stops;
}

LastStops::LastStops(const Field& field, std::uint64_t seed)
    : field_(field),
      kind_(field.kinds[at(field.routes.front().kind)]),
      dice_(seed),
      now_(field),
      weight_(at(field.stops), 1) {}

void LastStops::begin(const std::vector<std::vector<int>>& tours) {
  now_.take_over(tours);
  std::fill(weight_.begin(), weight_.end(), 1);
  out_.clear();
  value_out_ = 0;
  for (int stop = 0; stop < field_.stops; ++stop) {
    if (now_.route_of(stop) >= 0 || !kind_.allows(stop)) continue;
    out_.push_back(stop);
    value_out_ += kind_.value[at(stop)];
  }
  best_ = tours;
  best_out_ = value_out_;
}

void LastStops::run(std::int64_t work, const std::function<bool()>& stop) {
  const std::int64_t until = work_ + work;
  while (!out_.empty() && work_ < until && !stop()) {
    const int next = out_.back();
    out_.pop_back();
    value_out_ -= kind_.value[at(next)];
    if (!put_in(next) && !squeeze_in(next)) {
      ++weight_[at(next)];
      eject_for(next);
      stir();
    }
    note_best();
  }
}

void LastStops::note_best() {
  if (value_out_ >= best_out_) return;
  best_ = now_.tours();
  best_out_ = value_out_;
}

// Anywhere it fits, by chance.
bool LastStops::put_in(int stop) {
  int route = -1;
  int place = 0;
  int found = 0;
  for (int r = 0; r < static_cast<int>(now_.tours().size()); ++r) {
    const int count = static_cast<int>(now_.tour(r).size());
    work_ += count + 1;
    for (int k = 0; k <= count; ++k) {
      if (now_.late_with(stop, r, k) > 0 || !dice_.one_in(++found)) continue;
      route = r;
      place = k;
    }
  }
  if (route < 0) return false;
  now_.insert(stop, route, place);
  return true;
}

bool LastStops::squeeze_in(int stop) {
  const std::vector<std::vector<int>> before = now_.tours();
  int route = 0;
  int place = 0;
  int found = 0;
  std::int64_t least = std::numeric_limits<std::int64_t>::max();
  for (int r = 0; r < static_cast<int>(before.size()); ++r) {
    const int count = static_cast<int>(before[at(r)].size());
    work_ += count + 1;
    for (int k = 0; k <= count; ++k) {
      const std::int64_t late = now_.late_with(stop, r, k);
      if (late > least) continue;
      if (late < least) found = 0;
      if (!dice_.one_in(++found)) continue;
      least = late;
      route = r;
      place = k;
    }
  }
  now_.insert(stop, route, place);
  std::vector<int> late;
  while (now_.late() > 0) {
    late.clear();
    for (int r = 0; r < static_cast<int>(before.size()); ++r) {
      if (now_.late(r) > 0) late.push_back(r);
    }
    if (!lessen(late[at(dice_.below(static_cast<int>(late.size())))])) {
      now_.take_over(before);
      return false;
    }
  }
  return true;
}

// The ways to bring two stops of different tours together: the rest of both tours changes places;
// one, two or three stops go over; two stops change places.
bool LastStops::swap_of(int stop, int other, int way, Swap& swap) const {
  const int one_size = static_cast<int>(now_.tour(now_.route_of(stop)).size());
  const int other_size = static_cast<int>(now_.tour(now_.route_of(other)).size());
  const int i = now_.place_of(stop);
  const int j = now_.place_of(other);
  swap.one = now_.route_of(stop);
  swap.other = now_.route_of(other);
  const auto set = [&](int from, int to, int other_from, int other_to) {
    swap.from = from;
    swap.to = to;
    swap.other_from = other_from;
    swap.other_to = other_to;
    return from >= 0 && to <= one_size && other_from >= 0 && other_to <= other_size;
  };
  switch (way) {
    case 0:
      return set(i + 1, one_size, j, other_size);
    case 1:
      return set(i, one_size, j + 1, other_size);
    case 2:
      return set(i, i + 1, j, j);
    case 3:
      return set(i, i + 1, j + 1, j + 1);
    case 4:
      return set(i, i + 1, j + 1, j + 2);
    case 5:
      return set(i, i + 1, j - 1, j);
    case 6:
      return set(i, i + 2, j + 1, j + 1);
    case 7:
      return set(i - 1, i + 1, j, j);
    case 8:
      return set(i, i + 2, j + 1, j + 2);
    default:
      return set(i - 1, i + 1, j - 1, j);
  }
}

// The change of a tour that takes away most lateness.
bool LastStops::lessen(int route) {
  const std::int64_t late = now_.late(route);
  std::int64_t best = 0;  // less than now
  int found = 0;
  Swap best_swap;
  int best_from = -1;
  int best_to = -1;
  const auto is_best = [&](std::int64_t change) {
    if (change > best || change == 0) return false;
    if (change < best) found = 0;
    best = change;
    return dice_.one_in(++found);
  };
  const int count = static_cast<int>(now_.tour(route).size());
  for (int from = 0; from < count; ++from) {
    for (int to = 0; to <= count; ++to) {
      if (to == from || to == from + 1) continue;
      work_ += 1;
      if (!is_best(now_.late_after(route, from, to) - late)) continue;
      best_from = from;
      best_to = to;
    }
  }
  for (const int stop : now_.tour(route)) {
    const auto& near = field_.near[at(stop)];
    for (std::size_t k = 0; k < near.size() && k < nearest; ++k) {
      const int other = near[k];
      const int there = now_.route_of(other);
      if (there < 0 || there == route) continue;
      const std::int64_t both = late + now_.late(there);
      work_ += ways;
      for (int way = 0; way < ways; ++way) {
        Swap swap;
        if (!swap_of(stop, other, way, swap)) continue;
        if (!is_best(now_.late_after(swap) - both)) continue;
        best_swap = swap;
        best_from = -1;
      }
    }
  }
  if (best == 0) return false;
  if (best_from >= 0) {
    now_.move_within(route, best_from, best_to);
  } else {
    now_.apply(best_swap);
  }
  return true;
}

void LastStops::measure(int route) {
  const std::vector<int>& tour = now_.tour(route);
  const Route& hours = field_.routes[at(route)];
  until_.resize(tour.size() + 1);
  Time limit = hours.end;
  int next = hours.finish;
  until_[tour.size()] = limit;
  for (std::size_t k = tour.size(); k-- > 0;) {
    limit = std::min(kind_.last[at(tour[k])], limit - field_.way(tour[k], next));
    until_[k] = limit;
    next = tour[k];
  }
}

// Every set of few stops of every tour, those first that come first, as long as they weigh no more
// than the best.
void LastStops::eject_for(int stop) {
  ejection_ = Ejection();
  ejection_.weight = std::numeric_limits<std::int64_t>::max();
  const int routes = static_cast<int>(now_.tours().size());
  const int offset = dice_.below(routes);
  for (int k = 0; k < routes; ++k) {
    const int route = (offset + k) % routes;
    const Route& hours = field_.routes[at(route)];
    measure(route);
    for (int place = 0; place <= static_cast<int>(now_.tour(route).size()); ++place) {
      gone_.clear();
      descend(stop, route, place,
              {.place = 0, .before = hours.start, .ready = hours.begin, .weight = 0});
    }
  }
  if (ejection_.route < 0) {  // so few leaving make no room: the others first
    out_.insert(out_.begin(), stop);
    value_out_ += kind_.value[at(stop)];
    return;
  }
  const std::vector<int>& tour = now_.tour(ejection_.route);
  std::vector<int> with;
  for (int k = 0; k <= static_cast<int>(tour.size()); ++k) {
    if (k == ejection_.place) with.push_back(stop);
    if (k == static_cast<int>(tour.size())) break;
    if (std::find(ejection_.gone.begin(), ejection_.gone.end(), k) == ejection_.gone.end()) {
      with.push_back(tour[at(k)]);
      continue;
    }
    out_.push_back(tour[at(k)]);
    value_out_ += kind_.value[at(tour[at(k)])];
  }
  now_.set(ejection_.route, std::move(with));
}

void LastStops::descend(int stop, int route, int place, Step step) {
  const std::vector<int>& tour = now_.tour(route);
  const int count = static_cast<int>(tour.size());
  work_ += 1;
  if (step.place == place) {
    const Time arrival = step.ready + field_.way(step.before, stop);
    if (arrival > kind_.last[at(stop)]) return;
    step.ready = std::max(arrival, kind_.first[at(stop)]);
    step.before = stop;
  }
  const int next = step.place < count ? tour[at(step.place)] : field_.routes[at(route)].finish;
  const Time arrival = step.ready + field_.way(step.before, next);
  if (step.place >= place && arrival <= until_[at(step.place)]) {
    if (step.weight < ejection_.weight) ejection_.as_good = 0;
    if (!dice_.one_in(++ejection_.as_good)) return;
    ejection_.route = route;
    ejection_.place = place;
    ejection_.gone = gone_;
    ejection_.weight = step.weight;
    return;
  }
  if (step.place == count) return;
  if (arrival <= kind_.last[at(next)]) {
    descend(stop, route, place,
            {.place = step.place + 1,
             .before = next,
             .ready = std::max(arrival, kind_.first[at(next)]),
             .weight = step.weight});
  }
  const std::int64_t weight = step.weight + weight_[at(next)];
  if (gone_.size() >= most_ejected(count) || weight > ejection_.weight) return;
  gone_.push_back(step.place);
  descend(stop, route, place,
          {.place = step.place + 1, .before = step.before, .ready = step.ready, .weight = weight});
  gone_.pop_back();
}

void LastStops::stir() {
  work_ += stirred;
  for (int k = 0; k < stirred; ++k) {
    const int stop = dice_.below(field_.stops);
    const auto& near = field_.near[at(stop)];
    const int other = near[at(dice_.below(static_cast<int>(std::min(near.size(), nearest))))];
    const int way = dice_.below(ways);
    const int route = now_.route_of(stop);
    if (route < 0 || now_.route_of(other) < 0) continue;
    if (now_.route_of(other) == route) {
      const int from = now_.place_of(stop);
      const int to = now_.place_of(other) + way % 2;
      if (to == from || to == from + 1 || now_.late_after(route, from, to) > 0) continue;
      now_.move_within(route, from, to);
      continue;
    }
    Swap swap;
    if (swap_of(stop, other, way, swap) && now_.late_after(swap) == 0) now_.apply(swap);
  }
}

}  // namespace minhu::tours
