#include "engines/tours/walk.h"

#include <algorithm>
#include <cmath>

namespace minhu::tours {

namespace {

constexpr double hottest = 1.0;  // in worths of a mean stop
constexpr double coldest = 0.1;
// Where most stops stay out, each of many tours could be better by as much as the temperature
// lets it be worse; with few there are no more than the temperatures above were found with.
constexpr double few_tours = 4;
constexpr double least_cooling = 0.2;
constexpr std::int64_t nodes_a_combination = 300'000;

// -ln of evenly spread numbers in 16.16 bits: an exponential draw without a call that could differ
// from one mathematical library to the next.
const std::array<std::int64_t, 4096>& exponentials() {
  static const auto table = [] {
    std::array<std::int64_t, 4096> made{};
    for (std::size_t k = 0; k < made.size(); ++k) {
      made[k] = std::llround(-std::log((static_cast<double>(k) + 0.5) / 4096.0) * 65536.0);
    }
    return made;
  }();
  return table;
}

std::size_t at(int index) {
  return static_cast<std::size_t>(index);
}

}  // namespace

Walk::Walk(const Field& field, std::uint64_t seed)
    : field_(field), dice_(seed), draft_(field), ruin_(field), refill_(field), pool_(field) {
  refill_.fill_all(draft_, dice_);
  draft_.forget();
  look();
  int visited = 0;
  for (int stop = 0; stop < field.stops; ++stop) visited += draft_.route_of(stop) >= 0 ? 1 : 0;
  const auto tours = static_cast<double>(field.routes.size());
  if (visited * 2 < field.stops && tours > few_tours) {
    refill_.many_left_out();
    cooling_ = std::max(least_cooling, few_tours / tours);
  }
}

void Walk::look() {
  const bool better = draft_.value() > best_.value ||
                      (draft_.value() == best_.value && draft_.travel() < best_.travel);
  if (!better) return;
  best_.value = draft_.value();
  best_.travel = draft_.travel();
  best_worth_ = draft_.worth();
  best_.tours.resize(field_.routes.size());
  for (std::size_t route = 0; route < best_.tours.size(); ++route) {
    const auto& node = draft_.tours()[route].node;
    best_.tours[route].assign(node.begin() + 1, node.end() - 1);
  }
}

void Walk::step(std::int64_t temperature) {
  const std::int64_t before = draft_.worth();
  const auto& removed = ruin_.choose(draft_, dice_);
  if (!draft_.remove(removed)) {
    draft_.go_back();
    return;
  }
  refill_.fill(draft_, removed, dice_);
  const std::int64_t after = draft_.worth();
  const std::int64_t draw = exponentials()[at(dice_.below(4096))];
  if (after < before - ((temperature * draw) >> 16U)) {
    draft_.go_back();
    return;
  }
  if (after >= best_worth_ - field_.mean_worth && field_.alike) {
    for (const int route : draft_.changed())
      pool_.add(field_.routes[at(route)].kind, draft_.tour(route));
  }
  draft_.forget();
  look();
}

void Walk::steps(int count, double spent) {
  const double factor = cooling_ * hottest * std::pow(coldest / hottest, spent);
  const auto temperature =
      static_cast<std::int64_t>(factor * static_cast<double>(field_.mean_worth));
  for (int k = 0; k < count; ++k) step(temperature);
}

void Walk::recombine(Pool& pool) {
  const auto tours = pool.combine(best_.value, nodes_a_combination);
  if (tours.empty()) return;
  Solution solution;
  solution.tours.resize(field_.routes.size());
  std::vector<char> seen(at(field_.stops), 0);
  for (std::size_t k = 0; k < tours.size(); ++k) {
    for (const int stop : tours[k]) {
      if (seen[at(stop)] != 0) continue;
      seen[at(stop)] = 1;
      solution.tours[k].push_back(stop);
    }
  }
  jump_to(solution);
}

void Walk::jump_to(const Solution& solution) {
  std::vector<int> all;
  for (int stop = 0; stop < field_.stops; ++stop) {
    if (draft_.route_of(stop) >= 0 && !draft_.is_fixed(stop)) all.push_back(stop);
  }
  bool kept = draft_.remove(all);
  for (std::size_t route = 0; kept && route < solution.tours.size(); ++route) {
    kept = draft_.replace(static_cast<int>(route), solution.tours[route]);
  }
  if (!kept) {
    draft_.go_back();
    return;
  }
  refill_.fill_all(draft_, dice_);
  draft_.forget();
  look();
}

}  // namespace minhu::tours
