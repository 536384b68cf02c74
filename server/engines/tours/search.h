// The search for good tours: several walks that tell each other what they found.
//
// With `iterations` the result depends on the field, the seed and that number alone: not on
// threads, load or machine. Without, the walks go on until `spent` says that the time is over.
#pragma once

#include <cstdint>
#include <functional>

#include "engines/tours/walk.h"

namespace minhu::tours {

struct Progress {
  double spent = 0;  // part of the work that is done, 0 to 1
  std::int64_t value = 0;
  int visits = 0;
};

struct Work {
  std::uint64_t seed = 1;
  std::int64_t iterations = 0;  // of each of two walks; 0: by time
  int threads = 1;
  // By time: which part of the time is over. Called by every thread, often.
  std::function<double()> spent;
  // Ends the search early with what has been found. Called by every thread, often. May be empty.
  std::function<bool()> stop;
  // Called by the thread of `search`, now and then. May be empty.
  std::function<void(const Progress&)> tell;
  // Ends as soon as every stop that can be visited is, however long the ways.
  bool content_with_all = false;
  Solution from;  // where to begin; empty: with nothing
};

Solution search(const Field& field, const Work& work);

}  // namespace minhu::tours
