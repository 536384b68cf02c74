#include "engines/merkle/compact_range.h"

#include <bit>

#include "kernel/assert.h"

namespace minhu::merkle {

CompactRange::CompactRange(std::uint64_t size, std::vector<Hash> peaks)
    : size_(size), peaks_(std::move(peaks)) {
  MINHU_ASSERT(static_cast<std::size_t>(std::popcount(size)) == peaks_.size());
}

TreeHead CompactRange::head() const {
  if (peaks_.empty()) return empty_tree_head();
  Hash root = peaks_.back();
  for (auto peak = peaks_.rbegin() + 1; peak != peaks_.rend(); ++peak) {
    root = node_hash(*peak, root);
  }
  return {size_, root};
}

}  // namespace minhu::merkle
