// Inclusion and consistency proofs: made after RFC 6962 §2.1.1–2.1.2, checked after RFC 9162
// §2.1.3.2 and §2.1.4.2. Whoever checks needs nothing but the numbers it was given; whoever makes
// reads the roots of complete subtrees.
#pragma once

#include "engines/merkle/hash.h"
#include "kernel/result.h"

namespace minhu::merkle {

// "The leaf stands at that index of that tree."
// Faults merkle.index_beyond_tree, merkle.inclusion_not_proved.
Outcome check_inclusion(const Hash& leaf, std::uint64_t index, const Proof& proof,
                        const TreeHead& tree);

// "The newer tree begins with the whole older one." Nothing is consistent with the empty tree but
// by an empty proof. Faults merkle.older_is_larger, merkle.consistency_not_proved.
Outcome check_consistency(const TreeHead& older, const Proof& proof, const TreeHead& newer);

// The complete subtree over the 2^level leaves that begin at index * 2^level.
struct Node {
  unsigned level = 0;
  std::uint64_t index = 0;
  bool operator==(const Node&) const = default;
};

// Where the roots of complete subtrees come from. Asked only for nodes inside the tree.
class NodeReader {
 public:
  virtual ~NodeReader() = default;
  virtual Result<Hash> node(const Node& node) = 0;
};

// Faults of the reader, and merkle.index_beyond_tree or merkle.older_is_larger.
Result<Hash> root_at(NodeReader& reader, std::uint64_t size);
Result<Proof> make_inclusion_proof(NodeReader& reader, std::uint64_t index, std::uint64_t size);
Result<Proof> make_consistency_proof(NodeReader& reader, std::uint64_t older, std::uint64_t newer);

// The complete subtrees that a tree of `size` leaves consists of, the largest first.
std::vector<Node> peaks_of(std::uint64_t size);

}  // namespace minhu::merkle
