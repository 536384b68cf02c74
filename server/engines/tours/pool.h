// Tours of good solutions, and the best way to put them together anew.
#pragma once

#include <cstdint>
#include <unordered_map>
#include <vector>

#include "engines/tours/draft.h"

namespace minhu::tours {

struct PooledTour {
  int kind = 0;
  std::uint64_t hash = 0;  // of its stops as a set
  std::int64_t value = 0;
  std::int64_t travel = 0;
  std::vector<int> stops;  // in order
};

class Pool {
 public:
  explicit Pool(const Field& field, std::size_t most = 3000);
  // Keeps the tour; of two with the same stops the one with less travel.
  void add(int kind, const Tour& tour);
  void add(PooledTour tour);
  void clear();
  const std::vector<PooledTour>& tours() const { return tours_; }
  // For a field of which all tours are of one kind: the tours whose union is worth most, found by
  // branch and bound within `nodes` steps. Stops that two of them share are listed in both. Empty
  // where nothing is worth more than `above`.
  std::vector<std::vector<int>> combine(std::int64_t above, std::int64_t nodes);

 private:
  void thin_out();

  const Field* field_;
  std::size_t most_;
  std::vector<PooledTour> tours_;
  std::unordered_map<std::uint64_t, std::size_t> index_;
  std::vector<std::uint64_t> names_;  // a random number for each stop
};

}  // namespace minhu::tours
