#include "engines/tours/late.h"

#include <algorithm>
#include <utility>

namespace minhu::tours {

namespace {
std::size_t at(int index) {
  return static_cast<std::size_t>(index);
}
}  // namespace

LateTours::LateTours(const Field& field)
    : field_(field),
      start_(field.routes.front().start),
      finish_(field.routes.front().finish),
      alone_(at(field.nodes)),
      tours_(field.routes.size()),
      route_(at(field.stops), -1),
      place_(at(field.stops), -1),
      ahead_(field.routes.size()),
      behind_(field.routes.size()),
      late_on_(field.routes.size(), 0) {
  const Route& hours = field.routes.front();
  const Kind& kind = field.kinds[at(hours.kind)];
  for (int node = 0; node < field.nodes; ++node) {
    Run& run = alone_[at(node)];
    run.first = node < field.stops ? kind.first[at(node)] : hours.begin;
    run.last = node < field.stops ? kind.last[at(node)] : hours.end;
  }
  take_over(std::vector<std::vector<int>>(field.routes.size()));
}

void LateTours::take_over(const std::vector<std::vector<int>>& tours) {
  std::fill(route_.begin(), route_.end(), -1);
  tours_ = tours;
  late_ = 0;
  for (std::size_t route = 0; route < tours_.size(); ++route) {
    measure(static_cast<int>(route));
    late_ += late(static_cast<int>(route));
  }
}

void LateTours::measure(int route) {
  const std::vector<int>& tour = tours_[at(route)];
  std::vector<Run>& ahead = ahead_[at(route)];
  std::vector<Run>& behind = behind_[at(route)];
  const std::size_t count = tour.size();
  ahead.resize(count + 1);
  behind.resize(count + 1);
  ahead[0] = alone(start_);
  for (std::size_t k = 0; k < count; ++k) {
    const int before = k == 0 ? start_ : tour[k - 1];
    ahead[k + 1] = join(ahead[k], field_.way(before, tour[k]), alone(tour[k]));
    route_[at(tour[k])] = route;
    place_[at(tour[k])] = static_cast<int>(k);
  }
  behind[count] = alone(finish_);
  for (std::size_t k = count; k-- > 0;) {
    const int next = k + 1 == count ? finish_ : tour[k + 1];
    behind[k] = join(alone(tour[k]), field_.way(tour[k], next), behind[k + 1]);
  }
  const int first = count == 0 ? finish_ : tour[0];
  late_on_[at(route)] = join(alone(start_), field_.way(start_, first), behind[0]).late;
}

std::int64_t LateTours::late_with(const Piece& place, const Piece& piece) const {
  const std::vector<int>& tour = tours_[at(place.route)];
  const std::vector<int>& other = tours_[at(piece.route)];
  Run run = ahead_[at(place.route)][at(place.from)];
  int before = place.from == 0 ? start_ : tour[at(place.from - 1)];
  const bool rest = at(place.to) == tour.size() && at(piece.to) == other.size();
  if (rest) {
    const int next = piece.from == piece.to ? finish_ : other[at(piece.from)];
    return join(run, field_.way(before, next), behind_[at(piece.route)][at(piece.from)]).late;
  }
  for (int k = piece.from; k < piece.to; ++k) {
    const int stop = other[at(k)];
    run = join(run, field_.way(before, stop), alone(stop));
    before = stop;
  }
  const int next = at(place.to) == tour.size() ? finish_ : tour[at(place.to)];
  return join(run, field_.way(before, next), behind_[at(place.route)][at(place.to)]).late;
}

std::int64_t LateTours::late_with(int stop, int route, int place) const {
  const std::vector<int>& tour = tours_[at(route)];
  const int before = place == 0 ? start_ : tour[at(place - 1)];
  const int next = at(place) == tour.size() ? finish_ : tour[at(place)];
  const Run run = join(ahead_[at(route)][at(place)], field_.way(before, stop), alone(stop));
  return join(run, field_.way(stop, next), behind_[at(route)][at(place)]).late;
}

std::int64_t LateTours::late_after(const Swap& swap) const {
  const Piece one{swap.one, swap.from, swap.to};
  const Piece other{swap.other, swap.other_from, swap.other_to};
  return late_with(one, other) + late_with(other, one);
}

std::int64_t LateTours::late_after(int route, int from, int to) const {
  const std::vector<int>& tour = tours_[at(route)];
  const int low = std::min(from, to);
  const int high = std::max(from + 1, to);
  Run run = ahead_[at(route)][at(low)];
  int before = low == 0 ? start_ : tour[at(low - 1)];
  const auto go_to = [&](int stop) {
    run = join(run, field_.way(before, stop), alone(stop));
    before = stop;
  };
  if (to <= from) go_to(tour[at(from)]);
  for (int k = low; k < high; ++k) {
    if (k != from) go_to(tour[at(k)]);
  }
  if (to > from) go_to(tour[at(from)]);
  const int next = at(high) == tour.size() ? finish_ : tour[at(high)];
  return join(run, field_.way(before, next), behind_[at(route)][at(high)]).late;
}

void LateTours::set(int route, std::vector<int> tour) {
  late_ -= late(route);
  for (const int stop : tours_[at(route)]) {
    if (route_[at(stop)] == route) route_[at(stop)] = -1;
  }
  tours_[at(route)] = std::move(tour);
  measure(route);
  late_ += late(route);
}

void LateTours::insert(int stop, int route, int place) {
  std::vector<int> tour = tours_[at(route)];
  tour.insert(tour.begin() + place, stop);
  set(route, std::move(tour));
}

void LateTours::apply(const Swap& swap) {
  const std::vector<int>& one = tours_[at(swap.one)];
  const std::vector<int>& other = tours_[at(swap.other)];
  std::vector<int> first(one.begin(), one.begin() + swap.from);
  first.insert(first.end(), other.begin() + swap.other_from, other.begin() + swap.other_to);
  first.insert(first.end(), one.begin() + swap.to, one.end());
  std::vector<int> second(other.begin(), other.begin() + swap.other_from);
  second.insert(second.end(), one.begin() + swap.from, one.begin() + swap.to);
  second.insert(second.end(), other.begin() + swap.other_to, other.end());
  set(swap.one, std::move(first));
  set(swap.other, std::move(second));
}

void LateTours::move_within(int route, int from, int to) {
  std::vector<int> tour = tours_[at(route)];
  const int stop = tour[at(from)];
  tour.erase(tour.begin() + from);
  tour.insert(tour.begin() + (to > from ? to - 1 : to), stop);
  set(route, std::move(tour));
}

}  // namespace minhu::tours
