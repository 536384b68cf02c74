// Grows a log's tree by batches of entries and gives the files that each batch adds.
#pragma once

#include "engines/merkle/compact_range.h"
#include "engines/merkle/tile_reader.h"

namespace minhu::merkle {

struct LogFile {
  TileId id;
  Bytes bytes;
};

// Not thread-safe. Keeps the right edge of the tree: at most 255 hashes a level and 255 entries.
class TreeBuilder {
 public:
  TreeBuilder() = default;  // of an empty log

  // Goes on where a log stands: reads its right edge and its last entries and checks them against
  // the head. Faults as TileReader's.
  static Result<TreeBuilder> resume(const TreeHead& head, const Fetch& fetch);

  TreeHead head() const { return range_.head(); }

  // The files of the tree that has grown by these entries, in the order in which they must become
  // durable: entries, then tiles, the lowest level first, so that nothing is ever stored before
  // what it stands for. The same entries give the same bytes; a file that is there already is that
  // file. Fault merkle.entry_too_long, and nothing has changed.
  Result<std::vector<LogFile>> append(std::span<const Bytes> entries);

 private:
  struct Level {
    std::vector<Hash> hashes;  // of its last tile, while that is partial
    std::uint64_t tile = 0;
  };

  CompactRange range_;
  std::vector<Level> levels_;
  std::vector<Bytes> last_entries_;  // of the last bundle, while that is partial
};

}  // namespace minhu::merkle
