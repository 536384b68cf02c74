#include "engines/tours/refill.h"

#include <algorithm>
#include <bit>

#include "engines/tours/sieve.h"

namespace minhu::tours {

namespace {

constexpr int bits = 32;
constexpr int orders = 16;
constexpr std::size_t first_few = 16;  // candidates that are sorted at once
// With that many stops still to try, it pays to sieve a tour again after each insertion.
constexpr std::size_t worth_a_sieve = 16;
constexpr int blink = 100;  // one place in so many is overlooked

std::size_t at(int index) {
  return static_cast<std::size_t>(index);
}

}  // namespace

Refill::Refill(const Field& field)
    : field_(field),
      marks_(at(field.block), 0),
      takes_(at(field.block), never),
      is_candidate_(at(field.stops), 0) {}

void Refill::mark_whole(const Draft& draft, int route, std::uint32_t bit) {
  const Tour& tour = draft.tour(route);
  const Kind& kind = field_.kinds[at(field_.routes[at(route)].kind)];
  for (std::size_t k = 0; k + 1 < tour.node.size(); ++k) {
    const Gap gap{tour.ready[k], tour.until[k + 1], field_.depart_row(tour.node[k]),
                  field_.arrive_row(tour.node[k + 1]), field_.way(tour.node[k], tour.node[k + 1])};
    sieve(gap, kind.first.data(), kind.last.data(), bit, marks_.data(), takes_.data(),
          field_.block);
  }
}

// A stop that was left out before did not fit into any gap; it can fit only into one that is new,
// or has an earlier arrival or a later departure than it had.
void Refill::mark(const Draft& draft, int changed_index) {
  const int route = draft.changed()[at(changed_index)];
  const Tour& tour = draft.tour(route);
  const Tour& before = draft.before(changed_index);
  const Kind& kind = field_.kinds[at(field_.routes[at(route)].kind)];
  const std::uint32_t bit = 1U << static_cast<unsigned>(changed_index);
  // A tour that was full refused everything, whatever its gaps.
  const bool was_full = before.visits() >= field_.routes[at(route)].most;
  std::size_t old = 0;
  for (std::size_t k = 0; k + 1 < tour.node.size(); ++k) {
    const int behind = tour.node[k + 1];
    const std::size_t was = old;
    ++old;
    while (before.node[old] != behind) ++old;
    const bool wider = was_full || old != was + 1 || tour.ready[k] < before.ready[was] ||
                       tour.until[k + 1] > before.until[old];
    if (!wider) continue;
    const Gap gap{tour.ready[k], tour.until[k + 1], field_.depart_row(tour.node[k]),
                  field_.arrive_row(behind), field_.way(tour.node[k], behind)};
    sieve(gap, kind.first.data(), kind.last.data(), bit, marks_.data(), takes_.data(),
          field_.block);
  }
}

void Refill::give_keys(Dice& dice) {
  const bool by_time = many_left_out_ && dice.below(10) < 6;
  const int order = by_time ? orders : dice.below(orders);
  const double noise = many_left_out_ ? 0.1 + 0.3 * dice.unit() : 0.4;
  // Each key is small for what goes first; noise keeps two calls from doing the same.
  const auto noisy = [&](std::int64_t key) {
    return static_cast<std::int64_t>(static_cast<double>(key) *
                                     (1 - noise + 2 * noise * dice.unit()));
  };
  for (Candidate& candidate : candidates_) {
    const auto u = at(candidate.stop);
    const Time room = field_.room[u];
    switch (order) {
      case 0:
      case 1:
      case 2:
        candidate.key = static_cast<std::int64_t>(dice.next() >> 2U);
        break;
      case 3:
      case 4:
      case 5:
      case 6:
      case 7:
        candidate.key = -noisy(field_.most_worth[u]);
        break;
      case 8:
      case 9:
      case 10:
        candidate.key = -noisy(field_.most_worth[u] / (1 + field_.service[u] + room / 16));
        break;
      case 11:
      case 12:
        candidate.key = noisy(room);
        break;
      case 13:
        candidate.key = noisy(field_.closes[u]);
        break;
      default: {
        // What it would take in the gaps as they are now; a guess where none was looked at.
        const Time service = field_.service[u];
        const Time takes = takes_[u] >= never ? 2 * service : std::max(service, takes_[u]);
        candidate.key = -noisy(field_.most_worth[u] * 16 / (1 + takes));
        break;
      }
    }
  }
}

void Refill::place_one(Draft& draft, Dice& dice, const Candidate& candidate, bool by_worth,
                       bool sieve_again) {
  const int stop = candidate.stop;
  int best_route = -1;
  int best_position = -1;
  std::int64_t best_gain = 0;
  const auto try_route = [&](int route) {
    if (!draft.may_join(stop, route) || dice.one_in(blink)) return;
    const Draft::Place place = draft.cheapest(stop, route);
    if (place.position < 0) return;
    const auto& worth = field_.kinds[at(field_.routes[at(route)].kind)].worth;
    const std::int64_t gain = (by_worth ? worth[at(stop)] : 0) - field_.travel_cost * place.cost;
    if (best_route < 0 || gain > best_gain) {
      best_gain = gain;
      best_position = place.position;
      best_route = route;
    }
  };
  if (candidate.anywhere) {
    const int all_routes = static_cast<int>(field_.routes.size());
    for (int route = 0; route < all_routes; ++route) try_route(route);
  } else {
    for (std::uint32_t left = marks_[at(stop)]; left != 0; left &= left - 1) {
      try_route(routes_[at(std::countr_zero(left))]);
    }
  }
  if (best_route < 0) return;
  draft.remember(best_route);
  draft.insert(stop, best_route, best_position);
  if (!sieve_again) return;
  const auto bit = std::find(routes_.begin(), routes_.end(), best_route);
  if (bit == routes_.end()) return;
  const std::uint32_t mask = 1U << static_cast<unsigned>(bit - routes_.begin());
  for (std::uint32_t& mark : marks_) mark &= ~mask;
  mark_whole(draft, best_route, mask);
}

// In the order of the keys; but most have no room left before their turn comes, and need not be
// sorted.
void Refill::place(Draft& draft, Dice& dice) {
  give_keys(dice);
  // Where a stop is worth more on some tours, it now and then gives way to another there.
  const bool by_worth = field_.kinds.size() > 1 && !dice.one_in(4);
  std::size_t done = 0;
  for (std::size_t few = first_few; done < candidates_.size(); few *= 2) {
    const auto from = candidates_.begin() + static_cast<std::ptrdiff_t>(done);
    candidates_.erase(std::remove_if(from, candidates_.end(),
                                     [&](const Candidate& candidate) {
                                       return !candidate.anywhere &&
                                              marks_[at(candidate.stop)] == 0;
                                     }),
                      candidates_.end());
    const std::size_t end = std::min(done + few, candidates_.size());
    const auto to = candidates_.begin() + static_cast<std::ptrdiff_t>(end);
    if (to != candidates_.end()) std::nth_element(from, to, candidates_.end());
    std::sort(from, to);
    for (; done < end; ++done) {
      place_one(draft, dice, candidates_[done], by_worth,
                candidates_.size() - done > worth_a_sieve);
    }
  }
}

// With one stop of a party gone, the others may have got days on which they could not be before.
void Refill::add_parties(const Draft& draft, const std::vector<int>& removed) {
  for (const int gone : removed) {
    const int party = field_.party[at(gone)];
    for (int stop = 0; party >= 0 && stop < field_.stops; ++stop) {
      if (field_.party[at(stop)] != party || draft.route_of(stop) >= 0) continue;
      if (is_candidate_[at(stop)] != 0) continue;
      is_candidate_[at(stop)] = 1;
      candidates_.push_back({0, stop, true});
    }
  }
}

void Refill::fill(Draft& draft, const std::vector<int>& removed, Dice& dice) {
  std::fill(marks_.begin(), marks_.end(), 0U);
  std::fill(takes_.begin(), takes_.end(), never);
  candidates_.clear();
  routes_.assign(draft.changed().begin(), draft.changed().end());
  if (routes_.size() > bits) routes_.resize(bits);
  for (int index = 0; index < static_cast<int>(routes_.size()); ++index) mark(draft, index);
  for (const int stop : removed) {
    is_candidate_[at(stop)] = 1;
    candidates_.push_back({0, stop, true});
  }
  if (field_.parties > 0) add_parties(draft, removed);
  for (int stop = 0; stop < field_.stops; ++stop) {
    if (marks_[at(stop)] != 0 && draft.route_of(stop) < 0 && is_candidate_[at(stop)] == 0) {
      candidates_.push_back({0, stop, false});
    }
  }
  for (const Candidate& candidate : candidates_) is_candidate_[at(candidate.stop)] = 0;
  place(draft, dice);
}

void Refill::fill_all(Draft& draft, Dice& dice) {
  std::fill(takes_.begin(), takes_.end(), never);
  candidates_.clear();
  routes_.clear();
  for (int stop = 0; stop < field_.stops; ++stop) {
    if (draft.route_of(stop) < 0) candidates_.push_back({0, stop, true});
  }
  place(draft, dice);
}

}  // namespace minhu::tours
