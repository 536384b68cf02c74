#include "engines/merkle/proofs.h"

#include <bit>
#include <string>

#include "kernel/assert.h"

namespace minhu::merkle {

namespace {

// Leaves from `begin` to before `end`, as RFC 6962 writes D[begin:end].
struct Span {
  std::uint64_t begin = 0;
  std::uint64_t end = 0;
};

std::uint64_t size_of(const Span& span) {
  return span.end - span.begin;
}

// Where RFC 6962 splits: the largest power of two below the size.
std::uint64_t split_of(const Span& span) {
  return span.begin + std::bit_floor(size_of(span) - 1);
}

// A span that the splits of a tree can make begins at a multiple of a power of two that is not less
// than its size; therefore the binary digits of its size are its complete subtrees.
std::vector<Node> complete_subtrees(const Span& span) {
  std::vector<Node> nodes;
  std::uint64_t begin = span.begin;
  while (begin < span.end) {
    const auto level = static_cast<unsigned>(std::bit_width(span.end - begin) - 1);
    nodes.push_back({level, begin >> level});
    begin += std::uint64_t{1} << level;
  }
  return nodes;
}

Result<Hash> root_of(NodeReader& reader, const Span& span) {
  const std::vector<Node> nodes = complete_subtrees(span);
  MINHU_ASSERT(!nodes.empty());
  MINHU_TRY(Hash root, reader.node(nodes.back()));
  for (auto node = nodes.rbegin() + 1; node != nodes.rend(); ++node) {
    MINHU_TRY(const Hash left, reader.node(*node));
    root = node_hash(left, root);
  }
  return root;
}

// The spans whose roots make the proof, in its order: the leaf's neighbour first.
void inclusion_spans(std::uint64_t index, const Span& tree, std::vector<Span>& out) {
  if (size_of(tree) == 1) return;
  const Span left{tree.begin, split_of(tree)};
  const Span right{left.end, tree.end};
  const bool in_left = index < left.end;
  inclusion_spans(index, in_left ? left : right, out);
  out.push_back(in_left ? right : left);
}

// `older` is a count from the beginning of the whole log; `whole` says that the old tree's own root
// has not been left behind on the way down, so that the other side knows it already.
void consistency_spans(std::uint64_t older, const Span& tree, bool whole, std::vector<Span>& out) {
  if (older == tree.end) {
    if (!whole) out.push_back(tree);
    return;
  }
  const Span left{tree.begin, split_of(tree)};
  const Span right{left.end, tree.end};
  if (older <= left.end) {
    consistency_spans(older, left, whole, out);
    out.push_back(right);
  } else {
    consistency_spans(older, right, false, out);
    out.push_back(left);
  }
}

Result<Proof> roots_of(NodeReader& reader, const std::vector<Span>& spans) {
  Proof proof;
  for (const Span& span : spans) {
    MINHU_TRY(const Hash root, root_of(reader, span));
    proof.push_back(root);
  }
  return proof;
}

// Up to where the node that stands at `position` is a left one again.
void climb(std::uint64_t& position, std::uint64_t& last) {
  while (position % 2 == 0 && position != 0) {
    position >>= 1U;
    last >>= 1U;
  }
}

tl::unexpected<Fault> beyond(std::uint64_t index, std::uint64_t size) {
  return fail(FaultCode::invalid_input, "merkle.index_beyond_tree", "index",
              std::map<std::string, std::string>{{"index", std::to_string(index)},
                                                 {"size", std::to_string(size)}});
}

tl::unexpected<Fault> older_is_larger(std::uint64_t older, std::uint64_t newer) {
  return fail(FaultCode::conflict, "merkle.older_is_larger", "size",
              std::map<std::string, std::string>{{"older", std::to_string(older)},
                                                 {"newer", std::to_string(newer)}});
}

}  // namespace

Outcome check_inclusion(const Hash& leaf, std::uint64_t index, const Proof& proof,
                        const TreeHead& tree) {
  if (index >= tree.size) return beyond(index, tree.size);
  const auto not_proved = fail(FaultCode::invalid_input, "merkle.inclusion_not_proved", "proof");
  std::uint64_t position = index;
  std::uint64_t last = tree.size - 1;
  Hash root = leaf;
  for (const Hash& sibling : proof) {
    if (last == 0) return not_proved;
    if (position % 2 == 1 || position == last) {
      root = node_hash(sibling, root);
      climb(position, last);
    } else {
      root = node_hash(root, sibling);
    }
    position >>= 1U;
    last >>= 1U;
  }
  if (last != 0 || root != tree.root) return not_proved;
  return {};
}

Outcome check_consistency(const TreeHead& older, const Proof& proof, const TreeHead& newer) {
  if (older.size > newer.size) return older_is_larger(older.size, newer.size);
  const auto not_proved = fail(FaultCode::conflict, "merkle.consistency_not_proved", "proof");
  if (older.size == newer.size) {
    if (!proof.empty() || older.root != newer.root) return not_proved;
    return {};
  }
  if (older.size == 0) {
    if (!proof.empty() || older.root != empty_root()) return not_proved;
    return {};
  }
  // Where the old tree is one complete subtree, its root is where the way begins.
  const bool starts_at_old_root = std::has_single_bit(older.size);
  if (proof.empty()) return not_proved;
  std::uint64_t position = older.size - 1;
  std::uint64_t last = newer.size - 1;
  while (position % 2 == 1) {
    position >>= 1U;
    last >>= 1U;
  }
  Hash old_root = starts_at_old_root ? older.root : proof.front();
  Hash new_root = old_root;
  for (std::size_t i = starts_at_old_root ? 0 : 1; i < proof.size(); ++i) {
    if (last == 0) return not_proved;
    if (position % 2 == 1 || position == last) {
      old_root = node_hash(proof[i], old_root);
      new_root = node_hash(proof[i], new_root);
      climb(position, last);
    } else {
      new_root = node_hash(new_root, proof[i]);
    }
    position >>= 1U;
    last >>= 1U;
  }
  if (last != 0 || old_root != older.root || new_root != newer.root) return not_proved;
  return {};
}

Result<Hash> root_at(NodeReader& reader, std::uint64_t size) {
  if (size == 0) return empty_root();
  return root_of(reader, {0, size});
}

Result<Proof> make_inclusion_proof(NodeReader& reader, std::uint64_t index, std::uint64_t size) {
  if (index >= size) return beyond(index, size);
  std::vector<Span> spans;
  inclusion_spans(index, {0, size}, spans);
  return roots_of(reader, spans);
}

Result<Proof> make_consistency_proof(NodeReader& reader, std::uint64_t older, std::uint64_t newer) {
  if (older > newer) return older_is_larger(older, newer);
  if (older == 0) return Proof{};
  std::vector<Span> spans;
  consistency_spans(older, {0, newer}, true, spans);
  return roots_of(reader, spans);
}

std::vector<Node> peaks_of(std::uint64_t size) {
  return complete_subtrees({0, size});
}

}  // namespace minhu::merkle
