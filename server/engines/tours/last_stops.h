// Finds room for the last stops where nearly all can be visited: which of them are worth little is
// of no help then.
//
// The way to fewer vehicles of Nagata and Braysy (2009): a stop that is left out goes in where it
// fits; else somewhere too late, and the tours are changed as long as that takes lateness away;
// else the stops go out that were least often hard to place, and are the next to be placed. Then
// many random changes that make nobody late, so that the next stop finds other tours.
#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "engines/tours/dice.h"
#include "engines/tours/late.h"

namespace minhu::tours {

class LastStops {
 public:
  // Whether the field is one for this: tours alike, one opening a stop, any number of visits.
  static bool suits(const Field& field);

  LastStops(const Field& field, std::uint64_t seed);
  // Begins anew from these tours.
  void begin(const std::vector<std::vector<int>>& tours);
  // Goes on until nothing is left out, that much work is done, or `stop` says so.
  void run(std::int64_t work, const std::function<bool()>& stop);
  // Of all since `begin`, the tours that leave out the least value.
  const std::vector<std::vector<int>>& tours() const { return best_; }
  std::int64_t value_left_out() const { return best_out_; }
  // What was done so far, in ways that were looked at: the same everywhere.
  std::int64_t work() const { return work_; }

 private:
  // A stop on a tour, and what leaves it for that.
  struct Ejection {
    int route = -1;
    int place = 0;          // the stop goes before what was there
    std::vector<int> gone;  // places
    std::int64_t weight = 0;
    int as_good = 0;
  };
  // Where a descent stands: stops before `place` are decided.
  struct Step {
    int place = 0;
    int before = 0;  // node
    Time ready = 0;
    std::int64_t weight = 0;
  };

  bool put_in(int stop);
  bool squeeze_in(int stop);
  bool lessen(int route);
  void eject_for(int stop);
  void descend(int stop, int route, int place, Step step);
  void measure(int route);
  void stir();
  void note_best();
  // A change that brings two stops of different tours together; `way` says how.
  bool swap_of(int stop, int other, int way, Swap& swap) const;

  const Field& field_;
  const Kind& kind_;
  Dice dice_;
  LateTours now_;
  std::vector<int> out_;              // the last one's turn is next
  std::vector<std::int64_t> weight_;  // 1 and how often a stop found no room
  std::int64_t value_out_ = 0;
  std::vector<std::vector<int>> best_;
  std::int64_t best_out_ = 0;
  std::int64_t work_ = 0;

  Ejection ejection_;
  std::vector<int> gone_;    // on the way down
  std::vector<Time> until_;  // of the tour looked at: latest starts with which the rest is kept
};

}  // namespace minhu::tours
