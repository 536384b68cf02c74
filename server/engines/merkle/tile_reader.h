// Reads a log's files and believes none of them: each tile is checked against the tile above it,
// and the topmost against the root of a tree head that the caller trusts (from a checkpoint),
// before anything of it is used.
//
// A reader that leaves one tile out of this chain accepts a forged entry together with a forged
// tile that fits it (CVE-2026-56865 in golang.org/x/mod before 0.40). Here the right edge of the
// tree is checked as a whole, and every other tile is full, so that its own root is one hash of its
// parent.
#pragma once

#include <functional>
#include <map>
#include <tuple>

#include "engines/merkle/tile.h"

namespace minhu::merkle {

// Gives the bytes of a file, or a Fault (FaultCode::not_found when there is none). Whether they are
// the right ones is not its business.
using Fetch = std::function<Result<Bytes>(const TileId&)>;

// Not thread-safe. Keeps what it has checked, at most some tens of megabytes.
class TileReader : public NodeReader {
 public:
  // `fetch` must outlive the reader.
  TileReader(const TreeHead& head, const Fetch& fetch) : head_(head), fetch_(&fetch) {}

  const TreeHead& head() const noexcept { return head_; }

  // Faults of fetch; merkle.tile_length; merkle.tile_forged: not what the head commits to.
  Result<std::vector<Hash>> tile(unsigned level, std::uint64_t index);
  Result<Hash> node(const Node& node) override;
  // Also merkle.bundle_broken, merkle.entry_forged, merkle.index_beyond_tree.
  Result<std::vector<Bytes>> entries(std::uint64_t bundle);
  Result<Bytes> entry(std::uint64_t index);

 private:
  using Key = std::pair<unsigned, std::uint64_t>;

  Result<const std::vector<Hash>*> checked_tile(unsigned level, std::uint64_t index);
  Outcome check_right_edge();
  Result<Bytes> fetch_file(TileId id);

  TreeHead head_;
  const Fetch* fetch_;
  bool edge_is_checked_ = false;
  std::map<Key, std::vector<Hash>> edge_;  // the partial tiles, one a level at most
  std::map<Key, std::vector<Hash>> full_;
};

// The partial tiles of a tree of that size, the lowest level first.
std::vector<TileId> right_edge_of(std::uint64_t size);

}  // namespace minhu::merkle
