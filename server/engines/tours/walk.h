// One walk through the solutions: ruin, refill, and go on or back by simulated annealing.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "engines/tours/pool.h"
#include "engines/tours/refill.h"
#include "engines/tours/ruin.h"

namespace minhu::tours {

struct Solution {
  std::vector<std::vector<int>> tours;  // per route, stops in order
  std::int64_t value = -1;
  std::int64_t travel = 0;

  bool better_than(const Solution& other) const {
    return value != other.value ? value > other.value : travel < other.travel;
  }
};

class Walk {
 public:
  Walk(const Field& field, std::uint64_t seed);
  // `spent`: which part of all the work lies behind, from 0 to 1; it sets the temperature.
  void steps(int count, double spent);
  // Goes on from the best way to put the tours of a pool together, where that is better.
  void recombine(Pool& pool);
  // Goes on from another solution.
  void jump_to(const Solution& solution);
  const Solution& best() const { return best_; }
  std::int64_t current_worth() const { return draft_.worth(); }
  std::int64_t current_value() const { return draft_.value(); }
  Pool& pool() { return pool_; }
  Dice& dice() { return dice_; }

 private:
  void step(std::int64_t temperature);
  void look();

  const Field& field_;
  Dice dice_;
  Draft draft_;
  Ruin ruin_;
  Refill refill_;
  Pool pool_;
  Solution best_;
  std::int64_t best_worth_ = 0;
  double cooling_ = 1;  // of the temperatures
};

}  // namespace minhu::tours
