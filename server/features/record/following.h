// The files of the record on a server that does not publish: tiles and entries grow from the
// batches, checkpoint and history from what the one that publishes wrote down (published.h).
// Nothing is signed here, and the files are byte for byte those of the other.
#pragma once

#include <functional>

#include "engines/merkle/tree_builder.h"
#include "features/record/published_files.h"
#include "ports/log_files.h"
#include "ports/storage.h"

namespace minhu::record {

// One thread. Everything outlives it.
class Follower {
 public:
  Follower(Database& database, RegionId region, LogFiles& files)
      : database_(database), region_(region), files_(files) {}

  // Gives the size of the tree that is published in our files now. Returns early when `stopping`
  // says so, never in the middle of a step. Faults: conflict record.batches_do_not_fit (the batches
  // do not give what was published, or what our files say); out_of_storage record.no_space.
  Result<std::uint64_t> catch_up(const std::function<bool()>& stopping = {});
  // The files of the tree that was signed last, too, for whoever signs from now on. After
  // catch_up(); faults as there.
  Outcome reach_head();

 private:
  Result<std::uint64_t> take_in(const std::function<bool()>& stopping);
  Outcome begin();
  Outcome grow_to(const merkle::TreeHead& head);

  Database& database_;
  RegionId region_;
  LogFiles& files_;
  PublishedFiles published_files_{files_};
  bool has_begun_ = false;
  merkle::TreeBuilder builder_;
  std::uint64_t published_ = 0;
};

}  // namespace minhu::record
