// A trie in one flat array (Aoe's double array): a step from a node by a character is one addition
// and one comparison, and the array can lie in the program as it is.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace minhu::text {

// node + character → base[node] + code; it is there when that cell's parent is the node.
struct TrieCell {
  std::uint32_t base = 0;
  std::uint32_t parent = no_parent;
  std::uint32_t value = 0;  // 0: no word ends here

  static constexpr std::uint32_t no_parent = 0xFFFFFFFFU;
};

class TrieView {
 public:
  TrieView() = default;
  explicit TrieView(std::span<const TrieCell> cells) : cells_(cells) {}

  static constexpr std::uint32_t root = 0;
  static constexpr std::uint32_t none = 0xFFFFFFFFU;

  // The node one character further, or `none`. Code 0 leads nowhere.
  std::uint32_t step(std::uint32_t node, std::uint32_t code) const noexcept {
    const std::size_t next = std::size_t{cells_[node].base} + code;
    return code != 0 && next < cells_.size() && cells_[next].parent == node
               ? static_cast<std::uint32_t>(next)
               : none;
  }
  std::uint32_t value(std::uint32_t node) const noexcept { return cells_[node].value; }

 private:
  std::span<const TrieCell> cells_;
};

struct TrieEntry {
  std::vector<std::uint16_t> codes;  // none of them 0
  std::uint32_t value = 0;           // not 0
};

// `entries` sorted by codes, each once. The same entries give the same cells.
std::vector<TrieCell> build_trie(std::span<const TrieEntry> entries);

}  // namespace minhu::text
