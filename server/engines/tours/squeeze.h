// Which stops can be kept on a tour, or on a stretch of it, if their order is free: exact, by a
// dynamic program over subsets (Held, Karp 1962; with hours the earliest start at the last stop
// says everything, since who is there earlier can wait).
#pragma once

#include <cstdint>
#include <vector>

#include "engines/tours/field.h"

namespace minhu::tours {

// A tour, or the part of one between two of its stops.
struct Stretch {
  int kind = 0;
  int start = 0;   // node
  int finish = 0;  // node
  Time begin = 0;  // earliest departure, before the service at `start`
  Time end = 0;    // latest arrival at `finish`
  int most = 0;    // stops
};

class Squeeze {
 public:
  // Most days of visits are shorter than that; the work doubles with every stop.
  static constexpr int most = 8;
  using Subset = std::uint32_t;  // bit k: the k-th of the stops looked at

  explicit Squeeze(const Field& field);
  // Looks at up to `most` stops that the kind of the stretch allows.
  void look(const Stretch& stretch, const std::vector<int>& stops);
  // Whether these of them can all be visited. Says nothing of fixed stops that are not among them.
  bool fits(Subset subset) const { return fits_[subset] != 0; }
  // The order that is first at the finish. Only of a subset that fits.
  std::vector<int> order(Subset subset) const;
  // What was done so far, in subsets times stops and a share for each look: a measure of work that
  // is the same everywhere.
  std::int64_t work() const { return work_; }

 private:
  Time start(int stop, Time arrival) const;
  Time& ready(Subset subset, int last) {
    return ready_[static_cast<std::size_t>(subset) * most + static_cast<std::size_t>(last)];
  }
  Time ready(Subset subset, int last) const {
    return ready_[static_cast<std::size_t>(subset) * most + static_cast<std::size_t>(last)];
  }

  const Field* field_;
  Stretch stretch_;
  std::vector<int> stops_;
  std::vector<Time> ready_;  // earliest start at `last` behind the rest of the subset
  std::vector<char> fits_;
  std::vector<Time> fixed_at_;  // per stop of the field; -1: not fixed
  std::int64_t work_ = 0;
};

}  // namespace minhu::tours
