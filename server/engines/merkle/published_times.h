// The published checkpoints beside the leaves as they come: whether each root is the one that the
// leaves give, and whether each leaf's time fits between the two checkpoints around it.
#pragma once

#include "engines/merkle/known_log.h"

namespace minhu::merkle {

class PublishedTimes {
 public:
  // `published` in the order of their sizes, the checkpoint at hand as the last one; leaves come
  // from `size` on.
  PublishedTimes(std::vector<Published> published, std::uint64_t size);

  // Before the leaf at the end of `range` is appended, and after the last one: the sizes of
  // published checkpoints that do not have that root.
  bool root_is_published_otherwise(const CompactRange& range);
  // Fault merkle.leaf_time_outside, with index, time, after and before.
  Outcome check(std::uint64_t index, const Leaf& leaf);

 private:
  std::vector<Published> published_;
  std::vector<Published> timed_;  // of these, those with a time
  std::size_t next_root_ = 0;     // the first whose root was not compared
  std::size_t next_larger_ = 0;   // the first of `timed_` that is larger than the index
};

}  // namespace minhu::merkle
