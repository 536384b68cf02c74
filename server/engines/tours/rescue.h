// Finds room for stops that have to be visited and were left out.
//
// A walk gives up a stop that must be visited for others worth more together, and may then need
// luck to come back. Here nothing but what is demanded counts: a stop that was left out is forced
// onto a tour, in the best order there is; what has to leave for it is what was hardest to please
// least often, and is forced in next (ejection chains with learnt weights: Nagata, Braysy 2009).
#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "engines/tours/dice.h"
#include "engines/tours/squeeze.h"
#include "engines/tours/walk.h"

namespace minhu::tours {

class Rescue {
 public:
  Rescue(const Field& field, std::uint64_t seed);
  // Stops that some tour would have if it had nothing else to do but what is fixed. More than these
  // cannot be kept.
  int possible() const { return possible_; }
  // Begins anew from these tours. What is not demanded is set aside.
  void begin(const std::vector<std::vector<int>>& tours);
  // Goes on until everything possible is kept, that much work (see Squeeze) is done, or `stop`
  // says so.
  void run(std::int64_t work, const std::function<bool()>& stop);
  // The most that was kept since `begin`, as tours of demanded and fixed stops alone.
  int kept() const { return possible_ - static_cast<int>(best_out_); }
  const std::vector<std::vector<int>>& tours() const { return best_; }

 private:
  // How a stop gets onto a tour.
  struct Room {
    int route = -1;
    std::int64_t cost = 0;  // at most so much: weights of what has to leave
    std::vector<int> tour;  // with the stop, in order
  };
  // Positions `from` up to and without `to` of a tour, in which order is free.
  struct Window {
    int from = 0;
    int to = 0;
    std::int64_t mates = 0;  // weights of what has to leave elsewhere
  };

  int routes() const { return static_cast<int>(field_.routes.size()); }
  bool can_be_on(int stop, int route) const {
    return field_.demands(field_.routes[static_cast<std::size_t>(route)].kind, stop);
  }
  // Weights of the stop's party on other days: all must be seen on one.
  std::int64_t cost_of_mates(int stop, int day) const;
  // Replaces `room` by what is cheaper, and now and then by what costs the same.
  void look_for_room(int stop, int route, Room& room);
  void look_between(int stop, int route, const Window& window, Room& room);
  void measure(int route);  // ready_ and until_ of a tour
  bool in_time(int route, const std::vector<int>& tour) const;
  void settle(int stop, const Room& room);
  void take_off(int stop);
  void take_over(const std::vector<std::vector<int>>& tours);
  void begin_again();
  void force(int stop);
  void let_in(int route);
  void stir();
  bool move(int stop, int route);
  void exchange(int one, int other);

  const Field& field_;
  Dice dice_;
  Squeeze squeeze_;
  int possible_ = 0;
  std::vector<char> wanted_;  // per stop: demanded, possible and not fixed
  std::vector<Time> fixed_at_;
  std::vector<std::vector<int>> mates_;  // per party
  std::vector<std::vector<int>> tours_;
  std::vector<int> where_;
  std::vector<int> out_;              // the last one's turn is next
  std::vector<std::int64_t> weight_;  // 1 and how often a stop found no room
  std::vector<std::vector<int>> best_;
  std::size_t best_out_ = 0;
  std::size_t since_best_ = 0;  // steps
  int returned_ = 0;            // how often it began again
  std::int64_t steps_ = 0;
  std::vector<int> changed_;  // routes in the present step

  std::vector<Time> ready_;  // of the tour last measured: earliest and latest starts
  std::vector<Time> until_;
  std::vector<int> looked_at_;
  std::vector<std::int64_t> kept_weight_;  // per subset of what is looked at
};

}  // namespace minhu::tours
