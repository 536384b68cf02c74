// Tours on which visits may begin too late, and by how much they do: between two plans without
// lateness there is often a way through one with a little of it.
//
// A run of visits is four numbers, whatever its length, and two runs join in a few additions
// (Nagata, Braysy, Dullaert 2010; Vidal and others 2013). Who would be late goes back in time to
// the last start and pays for it. For fields of which all tours are alike and every stop has one
// opening.
#pragma once

#include <algorithm>
#include <cstdint>
#include <vector>

#include "engines/tours/field.h"

namespace minhu::tours {

// Visits one after the other.
struct Run {
  std::int64_t length = 0;  // from the start at the first to the start at the last one
  std::int64_t late = 0;    // in all
  std::int64_t first = 0;   // starts at the first one: earlier means waiting,
  std::int64_t last = 0;    // later means more lateness
};

inline Run join(const Run& one, std::int64_t way, const Run& other) {
  const std::int64_t ahead = one.length - one.late + way;
  const std::int64_t waits = std::max<std::int64_t>(0, other.first - ahead - one.last);
  const std::int64_t late = std::max<std::int64_t>(0, one.first + ahead - other.last);
  return {.length = one.length + other.length + way + waits,
          .late = one.late + other.late + late,
          .first = std::max(other.first - ahead, one.first) - waits,
          .last = std::min(other.last - ahead, one.last) + late};
}

// Stops `from` up to and without `to` of two tours change places. Either may be nothing, and both
// may be the rest of their tours.
struct Swap {
  int one = -1;
  int from = 0;
  int to = 0;
  int other = -1;
  int other_from = 0;
  int other_to = 0;
};

class LateTours {
 public:
  explicit LateTours(const Field& field);
  void take_over(const std::vector<std::vector<int>>& tours);

  const std::vector<std::vector<int>>& tours() const { return tours_; }
  const std::vector<int>& tour(int route) const { return tours_[static_cast<std::size_t>(route)]; }
  int route_of(int stop) const { return route_[static_cast<std::size_t>(stop)]; }  // -1: left out
  int place_of(int stop) const { return place_[static_cast<std::size_t>(stop)]; }
  std::int64_t late(int route) const { return late_on_[static_cast<std::size_t>(route)]; }
  std::int64_t late() const { return late_; }

  // The lateness of a tour with the stop before its `place`-th.
  std::int64_t late_with(int stop, int route, int place) const;
  // The lateness of both tours after it.
  std::int64_t late_after(const Swap& swap) const;
  // The lateness of a tour after the stop at `from` has moved before the one at `to` of it.
  std::int64_t late_after(int route, int from, int to) const;

  void set(int route, std::vector<int> tour);  // stops of it are left out or were on it
  void insert(int stop, int route, int place);
  void apply(const Swap& swap);
  void move_within(int route, int from, int to);

 private:
  struct Piece {
    int route = 0;
    int from = 0;
    int to = 0;
  };
  Run alone(int node) const { return alone_[static_cast<std::size_t>(node)]; }
  std::int64_t late_with(const Piece& place, const Piece& piece) const;
  void measure(int route);

  const Field& field_;
  int start_;
  int finish_;
  std::vector<Run> alone_;  // per node
  std::vector<std::vector<int>> tours_;
  std::vector<int> route_;
  std::vector<int> place_;
  // Per route: from its start to before the k-th stop, and from the k-th stop to its finish.
  std::vector<std::vector<Run>> ahead_;
  std::vector<std::vector<Run>> behind_;
  std::vector<std::int64_t> late_on_;
  std::int64_t late_ = 0;
};

}  // namespace minhu::tours
