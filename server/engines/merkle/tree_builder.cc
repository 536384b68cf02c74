#include "engines/merkle/tree_builder.h"

#include <algorithm>

#include "kernel/assert.h"

namespace minhu::merkle {

Result<TreeBuilder> TreeBuilder::resume(const TreeHead& head, const Fetch& fetch) {
  TreeBuilder builder;
  TileReader reader(head, fetch);
  for (unsigned level = 0; level < tile_levels && head.size >> (level * tile_height) > 0; ++level) {
    Level& edge = builder.levels_.emplace_back();
    edge.tile = (head.size >> (level * tile_height)) / tile_width;
    if (width_in_tree(level, edge.tile, head.size) > 0) {
      MINHU_TRY(edge.hashes, reader.tile(level, edge.tile));
    }
  }
  const std::uint64_t bundle = head.size / tile_width;
  if (width_in_tree(0, bundle, head.size) > 0) {
    MINHU_TRY(builder.last_entries_, reader.entries(bundle));
  }
  std::vector<Hash> peaks;
  for (const Node& node : peaks_of(head.size)) {
    MINHU_TRY(peaks.emplace_back(), reader.node(node));
  }
  builder.range_ = CompactRange(head.size, std::move(peaks));
  // An empty log has no tile that could have been checked.
  if (builder.head() != head) return fail(FaultCode::conflict, "merkle.head_broken", "root");
  return builder;
}

Result<std::vector<LogFile>> TreeBuilder::append(std::span<const Bytes> entries) {
  std::vector<LogFile> bundles;
  std::vector<std::vector<LogFile>> tiles;  // by level
  for (const Bytes& entry : entries) {
    if (entry.size() > longest_entry) {
      return fail(FaultCode::too_large, "merkle.entry_too_long", "entry",
                  std::map<std::string, std::string>{{"limit", std::to_string(longest_entry)}});
    }
  }
  const auto add_bundle = [&](std::uint64_t index) {
    auto bytes = encode_bundle(last_entries_);
    MINHU_ASSERT(bytes);
    bundles.push_back({{TileKind::entries, 0, index, static_cast<unsigned>(last_entries_.size())},
                       std::move(*bytes)});
  };
  const auto add_tile = [&](unsigned level) {
    const Level& edge = levels_[level];
    tiles[level].push_back(
        {{TileKind::hashes, level, edge.tile, static_cast<unsigned>(edge.hashes.size())},
         encode_tile(edge.hashes)});
  };

  tiles.resize(tile_levels);
  std::vector<bool> touched(tile_levels, false);
  for (const Bytes& entry : entries) {
    const std::uint64_t bundle = range_.size() / tile_width;
    last_entries_.push_back(entry);
    range_.append(leaf_hash(entry), [&](const Node& node, const Hash& hash) {
      if (node.level % tile_height != 0) return;
      const unsigned level = node.level / tile_height;
      if (level >= levels_.size()) levels_.resize(level + 1);
      Level& edge = levels_[level];
      edge.hashes.push_back(hash);
      touched[level] = true;
      if (edge.hashes.size() == tile_width) {
        add_tile(level);
        edge.hashes.clear();
        ++edge.tile;
      }
    });
    if (last_entries_.size() == tile_width) {
      add_bundle(bundle);
      last_entries_.clear();
    }
  }
  if (!entries.empty() && !last_entries_.empty()) add_bundle(range_.size() / tile_width);
  std::vector<LogFile> files = std::move(bundles);
  for (unsigned level = 0; level < levels_.size(); ++level) {
    if (touched[level] && !levels_[level].hashes.empty()) add_tile(level);
    std::move(tiles[level].begin(), tiles[level].end(), std::back_inserter(files));
  }
  return files;
}

}  // namespace minhu::merkle
