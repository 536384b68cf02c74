// How a Merkle tree of a transparency log hashes (RFC 6962 §2.1, SHA-256). A leaf and an inner node
// begin with different bytes, so that neither can be passed off as the other.
#pragma once

#include <cstdint>
#include <limits>
#include <span>
#include <vector>

#include "kernel/crypto.h"

namespace minhu::merkle {

using Hash = Digest;
using Proof = std::vector<Hash>;

// Sizes and indices fit a signed 64-bit number, as in every other implementation.
constexpr std::uint64_t largest_size =
    static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());
// No proof in a tree of at most that size is longer (C2SP tlog-witness).
constexpr std::size_t longest_proof = 63;

struct TreeHead {
  std::uint64_t size = 0;
  Hash root{};
  bool operator==(const TreeHead&) const = default;
};

Hash leaf_hash(BytesView entry);
Hash node_hash(const Hash& left, const Hash& right);
Hash empty_root();           // SHA-256 of nothing
TreeHead empty_tree_head();  // size 0

// The root over leaves or over complete subtrees of one size; no hash at all gives empty_root().
Hash root_over(std::span<const Hash> hashes);

}  // namespace minhu::merkle
