// What to take out of a solution before it is filled again.
#pragma once

#include <vector>

#include "engines/tours/dice.h"
#include "engines/tours/draft.h"

namespace minhu::tours {

class Ruin {
 public:
  explicit Ruin(const Field& field);
  // Stops to take out: pieces of neighbouring tours, a piece of one, or single ones; none is fixed.
  // Valid until the next call. May be empty.
  const std::vector<int>& choose(const Draft& draft, Dice& dice);

 private:
  void strings(const Draft& draft, Dice& dice, int wanted);
  void segment(const Draft& draft, Dice& dice, int wanted);
  void around(const Draft& draft, Dice& dice, int wanted);
  void anywhere(const Draft& draft, Dice& dice, int wanted);
  void whole_tour(const Draft& draft, Dice& dice);
  void take(const Draft& draft, int stop);
  int any_visited(const Draft& draft, Dice& dice) const;

  const Field& field_;
  std::vector<int> chosen_;
  std::vector<char> taken_;
  std::vector<int> touched_;  // per route: the round in which it gave a string
  int round_ = 0;
};

}  // namespace minhu::tours
