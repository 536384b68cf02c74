#include "engines/merkle/tile_reader.h"

#include "kernel/assert.h"

namespace minhu::merkle {

namespace {

constexpr std::size_t most_kept_tiles = 4096;  // 32 MiB

tl::unexpected<Fault> forged(const TileId& tile) {
  return fail(FaultCode::conflict, "merkle.tile_forged", "tile",
              std::map<std::string, std::string>{{"tile", path_of(tile)}});
}

// A full file keeps what its partial forerunners held, with more after it.
Result<Bytes> cut_to_width(const TileId& id, const Bytes& full) {
  if (id.kind == TileKind::hashes) {
    MINHU_TRY(std::vector<Hash> hashes, parse_tile(full, tile_width));
    return encode_tile(std::span(hashes).first(id.width));
  }
  MINHU_TRY(const std::vector<Bytes> entries, parse_bundle(full, tile_width));
  return encode_bundle(std::span(entries).first(id.width));
}

}  // namespace

std::vector<TileId> right_edge_of(std::uint64_t size) {
  std::vector<TileId> edge;
  for (unsigned level = 0; level < tile_levels; ++level) {
    const std::uint64_t subtrees = size >> (level * tile_height);
    const auto width = static_cast<unsigned>(subtrees % tile_width);
    if (width > 0) edge.push_back({TileKind::hashes, level, subtrees / tile_width, width});
  }
  return edge;
}

// A log may delete a partial file once the full one is there (C2SP tlog-tiles, "Partial Tiles").
Result<Bytes> TileReader::fetch_file(TileId id) {
  auto bytes = (*fetch_)(id);
  if (bytes || id.width == tile_width || bytes.error().code != FaultCode::not_found) return bytes;
  TileId whole = id;
  whole.width = tile_width;
  const auto full = (*fetch_)(whole);
  if (!full) return bytes;
  return cut_to_width(id, *full);
}

// Every hash of every partial tile takes part in the root, therefore the root vouches for them all.
Outcome TileReader::check_right_edge() {
  if (edge_is_checked_) return {};
  std::map<Key, std::vector<Hash>> edge;
  for (const TileId& id : right_edge_of(head_.size)) {
    MINHU_TRY(const Bytes bytes, fetch_file(id));
    MINHU_TRY(edge[Key(id.level, id.index)], parse_tile(bytes, id.width));
  }
  // From the lowest level up, the subtrees to the right are hashed in first.
  TileId lowest;
  std::vector<Hash> right;
  for (const auto& [key, hashes] : edge) {
    if (right.empty())
      lowest = {TileKind::hashes, key.first, key.second, static_cast<unsigned>(hashes.size())};
    std::size_t end = hashes.size();
    for (unsigned bit = 0; end > 0; ++bit) {
      const std::size_t count = std::size_t{1} << bit;
      if ((end & count) == 0) continue;
      const Hash peak = root_over(std::span(hashes).subspan(end - count, count));
      right = {right.empty() ? peak : node_hash(peak, right.front())};
      end -= count;
    }
  }
  if ((right.empty() ? empty_root() : right.front()) != head_.root) return forged(lowest);
  edge_ = std::move(edge);
  edge_is_checked_ = true;
  return {};
}

Result<const std::vector<Hash>*> TileReader::checked_tile(unsigned level, std::uint64_t index) {
  const Key key(level, index);
  MINHU_CHECK_OK(check_right_edge());
  if (const auto found = edge_.find(key); found != edge_.end()) return &found->second;
  if (const auto found = full_.find(key); found != full_.end()) return &found->second;

  const TileId id{TileKind::hashes, level, index, width_in_tree(level, index, head_.size)};
  MINHU_ASSERT(id.width == tile_width);  // partial ones are the edge, and others were not asked for
  MINHU_TRY(const std::vector<Hash>* const parent, checked_tile(level + 1, index / tile_width));
  const Hash expected = (*parent)[index % tile_width];
  MINHU_TRY(const Bytes bytes, fetch_file(id));
  MINHU_TRY(std::vector<Hash> hashes, parse_tile(bytes, tile_width));
  if (root_over(hashes) != expected) return forged(id);
  if (full_.size() >= most_kept_tiles) full_.clear();
  return &(full_[key] = std::move(hashes));
}

Result<std::vector<Hash>> TileReader::tile(unsigned level, std::uint64_t index) {
  if (width_in_tree(level, index, head_.size) == 0) {
    return fail(FaultCode::not_found, "merkle.no_such_tile", "tile");
  }
  MINHU_TRY(const std::vector<Hash>* const hashes, checked_tile(level, index));
  return *hashes;
}

Result<Hash> TileReader::node(const Node& node) {
  const PlaceInTile place = place_of(node, head_.size);
  MINHU_TRY(const std::vector<Hash>* const hashes,
            checked_tile(place.tile.level, place.tile.index));
  return root_over(std::span(*hashes).subspan(place.first, place.count));
}

Result<std::vector<Bytes>> TileReader::entries(std::uint64_t bundle) {
  const TileId id{TileKind::entries, 0, bundle, width_in_tree(0, bundle, head_.size)};
  if (id.width == 0) return fail(FaultCode::not_found, "merkle.no_such_tile", "tile");
  MINHU_TRY(const std::vector<Hash>* const hashes, checked_tile(0, bundle));
  MINHU_TRY(const Bytes bytes, fetch_file(id));
  MINHU_TRY(std::vector<Bytes> entries, parse_bundle(bytes, id.width));
  for (std::size_t i = 0; i < entries.size(); ++i) {
    if (leaf_hash(entries[i]) != (*hashes)[i]) {
      return fail(
          FaultCode::conflict, "merkle.entry_forged", "entry",
          std::map<std::string, std::string>{{"index", std::to_string(bundle * tile_width + i)}});
    }
  }
  return entries;
}

Result<Bytes> TileReader::entry(std::uint64_t index) {
  if (index >= head_.size) {
    return fail(FaultCode::invalid_input, "merkle.index_beyond_tree", "index",
                std::map<std::string, std::string>{{"index", std::to_string(index)},
                                                   {"size", std::to_string(head_.size)}});
  }
  MINHU_TRY(std::vector<Bytes> bundle, entries(index / tile_width));
  return std::move(bundle[index % tile_width]);
}

}  // namespace minhu::merkle
