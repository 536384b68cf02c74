#include "engines/tours/ruin.h"

#include <algorithm>

namespace minhu::tours {

namespace {

constexpr int longest_string = 6;
constexpr int most_removed = 12;

std::size_t at(int index) {
  return static_cast<std::size_t>(index);
}

int position_of(const Tour& tour, int stop) {
  return static_cast<int>(std::find(tour.node.begin(), tour.node.end(), stop) - tour.node.begin());
}

}  // namespace

Ruin::Ruin(const Field& field)
    : field_(field), taken_(at(field.stops), 0), touched_(field.routes.size(), 0) {}

void Ruin::take(const Draft& draft, int stop) {
  if (taken_[at(stop)] != 0 || draft.is_fixed(stop)) return;
  taken_[at(stop)] = 1;
  chosen_.push_back(stop);
}

int Ruin::any_visited(const Draft& draft, Dice& dice) const {
  // A tour by its length would need a sum; trying stops costs less as long as some are visited.
  for (int tries = 0; tries < 64; ++tries) {
    const int route = dice.below(static_cast<int>(draft.tours().size()));
    const int visits = draft.tour(route).visits();
    if (visits > 0) return draft.tour(route).node[at(1 + dice.below(visits))];
  }
  return -1;
}

// Slack induction by string removals (Christiaens, Vanden Berghe 2020).
void Ruin::strings(const Draft& draft, Dice& dice, int wanted) {
  ++round_;
  const int seed = dice.below(field_.stops);
  const auto cut = [&](int stop) {
    const int route = draft.route_of(stop);
    if (route < 0 || touched_[at(route)] == round_) return;
    touched_[at(route)] = round_;
    const Tour& tour = draft.tour(route);
    const int left = wanted - static_cast<int>(chosen_.size());
    const int length = std::min({1 + dice.below(longest_string), tour.visits(), left});
    const int place = position_of(tour, stop);
    const int least = std::max(1, place - length + 1);
    const int most = std::min(place, tour.visits() - length + 1);
    const int from = least + dice.below(most - least + 1);
    // A third of the strings leave one stop in the middle standing.
    const bool split = length > 2 && dice.one_in(3);
    const int spared = split ? from + 1 + dice.below(length - 2) : -1;
    for (int k = from; k < from + length; ++k) {
      if (k != spared) take(draft, tour.node[at(k)]);
    }
  };
  cut(seed);
  for (const int stop : field_.near[at(seed)]) {
    if (static_cast<int>(chosen_.size()) >= wanted) break;
    cut(stop);
  }
}

void Ruin::segment(const Draft& draft, Dice& dice, int wanted) {
  const int stop = any_visited(draft, dice);
  if (stop < 0) return;
  const Tour& tour = draft.tour(draft.route_of(stop));
  const int from = position_of(tour, stop);
  for (int k = from; k < from + wanted && k <= tour.visits(); ++k) take(draft, tour.node[at(k)]);
}

void Ruin::around(const Draft& draft, Dice& dice, int wanted) {
  const int seed = dice.below(field_.stops);
  if (draft.route_of(seed) >= 0) take(draft, seed);
  for (const int stop : field_.near[at(seed)]) {
    if (static_cast<int>(chosen_.size()) >= wanted) break;
    if (draft.route_of(stop) >= 0 && !dice.one_in(4)) take(draft, stop);
  }
}

void Ruin::anywhere(const Draft& draft, Dice& dice, int wanted) {
  for (int k = 0; k < wanted; ++k) {
    const int stop = any_visited(draft, dice);
    if (stop >= 0) take(draft, stop);
  }
}

void Ruin::whole_tour(const Draft& draft, Dice& dice) {
  const int stop = any_visited(draft, dice);
  if (stop < 0) return;
  const Tour& tour = draft.tour(draft.route_of(stop));
  for (int k = 1; k <= tour.visits(); ++k) take(draft, tour.node[at(k)]);
}

const std::vector<int>& Ruin::choose(const Draft& draft, Dice& dice) {
  for (const int stop : chosen_) taken_[at(stop)] = 0;
  chosen_.clear();
  const int wanted = 1 + dice.below(most_removed - 1);
  const int way = dice.below(100);
  if (way < 50) {
    strings(draft, dice, wanted);
  } else if (way < 65) {
    segment(draft, dice, 1 + dice.below(longest_string));
  } else if (way < 85) {
    around(draft, dice, wanted);
  } else if (way < 99 || draft.tours().size() < 3) {
    anywhere(draft, dice, 1 + wanted / 2);
  } else {
    whole_tour(draft, dice);
  }
  return chosen_;
}

}  // namespace minhu::tours
