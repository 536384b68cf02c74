// A tree that grows at its right end and keeps only the roots of its complete subtrees: at most 63
// hashes, whatever its size. Two hashes are computed for each leaf; the root costs one for each
// subtree.
#pragma once

#include "engines/merkle/proofs.h"

namespace minhu::merkle {

class CompactRange {
 public:
  CompactRange() = default;
  // `peaks` are the roots of peaks_of(size), in that order.
  CompactRange(std::uint64_t size, std::vector<Hash> peaks);

  // `on_node(Node, Hash)` is told of every subtree that this leaf completes, the leaf itself first.
  template <class OnNode>
  void append(const Hash& leaf, OnNode&& on_node) {
    Node node{0, size_};
    Hash hash = leaf;
    on_node(node, hash);
    for (; node.index % 2 == 1; peaks_.pop_back()) {
      hash = node_hash(peaks_.back(), hash);
      node = {node.level + 1, node.index / 2};
      on_node(node, hash);
    }
    peaks_.push_back(hash);
    ++size_;
  }
  void append(const Hash& leaf) {
    append(leaf, [](const Node&, const Hash&) {});
  }

  std::uint64_t size() const noexcept { return size_; }
  TreeHead head() const;

 private:
  std::uint64_t size_ = 0;
  std::vector<Hash> peaks_;
};

}  // namespace minhu::merkle
