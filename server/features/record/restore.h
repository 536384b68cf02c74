// The files of the record from its batches: what a crash or somebody's hand took away comes back
// byte for byte.
#pragma once

#include "engines/merkle/tree_builder.h"
#include "ports/log_files.h"
#include "ports/storage.h"

namespace minhu::record {

// Calls `each` with every file of the tree of that size, in the order of tiles: whole ones, and the
// partial ones at its right edge. Reads batch after batch, so the size of the tree does not matter.
// Faults of `each`; conflict record.batches_do_not_fit when the batches do not give that tree.
Outcome for_each_file(Reading& reading, RegionId region, const merkle::TreeHead& tree,
                      const std::function<Outcome(const merkle::LogFile&)>& each);

// Whether every file that a tree of that size must have is there; not what is in it.
bool all_are_there(const LogFiles& files, std::uint64_t size);

// Writes those that are missing or differ. Gives how many there were.
Result<std::int64_t> restore_files(Database& database, RegionId region,
                                   const merkle::TreeHead& tree, LogFiles& files);

}  // namespace minhu::record
