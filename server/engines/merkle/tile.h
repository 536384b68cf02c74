// The files of a log (C2SP tlog-tiles): hash tiles and entry bundles, their paths and their bytes.
//
// Tile n of level l holds the roots of up to 256 subtrees of 256^l leaves each. The last tile of a
// level is partial while it holds fewer; an empty one does not exist.
#pragma once

#include <string>
#include <string_view>

#include "engines/merkle/proofs.h"

namespace minhu::merkle {

constexpr unsigned tile_height = 8;
constexpr unsigned tile_width = 256;
// 256^8 leaves are more than a log may have.
constexpr unsigned tile_levels = 8;
constexpr std::size_t longest_entry = 65'535;  // bytes; the length is a uint16

enum class TileKind { hashes, entries };

struct TileId {
  TileKind kind = TileKind::hashes;
  unsigned level = 0;  // always 0 for entries
  std::uint64_t index = 0;
  unsigned width = tile_width;  // 1…256; below 256: a partial tile
  bool operator==(const TileId&) const = default;
};

// "tile/0/x001/x234/067.p/5", "tile/entries/000".
std::string path_of(const TileId& tile);
// Only the one spelling that path_of gives. Fault merkle.not_a_tile_path.
Result<TileId> parse_tile_path(std::string_view path);

// How many hashes tile `index` of `level` has in a tree of that size; 0: there is no such tile.
unsigned width_in_tree(unsigned level, std::uint64_t index, std::uint64_t size);

// The tile that holds the node, in a tree of that size, and where in it the node's subtrees are.
struct PlaceInTile {
  TileId tile;
  unsigned first = 0;
  unsigned count = 0;
};
PlaceInTile place_of(const Node& node, std::uint64_t size);

Bytes encode_tile(std::span<const Hash> hashes);
// Fault merkle.tile_length: not exactly `width` hashes.
Result<std::vector<Hash>> parse_tile(BytesView bytes, unsigned width);

// Each entry after its length in two bytes, the larger first. Fault merkle.entry_too_long.
Result<Bytes> encode_bundle(std::span<const Bytes> entries);
// Fault merkle.bundle_broken: not exactly `width` entries.
Result<std::vector<Bytes>> parse_bundle(BytesView bytes, unsigned width);

}  // namespace minhu::merkle
