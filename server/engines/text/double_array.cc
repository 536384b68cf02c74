#include "engines/text/double_array.h"

#include <algorithm>
#include <deque>

#include "kernel/assert.h"

namespace minhu::text {

namespace {

struct Branch {
  std::uint32_t node = 0;
  std::size_t begin = 0;  // of the entries below the node
  std::size_t end = 0;
  std::size_t depth = 0;
};

class Builder {
 public:
  explicit Builder(std::span<const TrieEntry> entries) : entries_(entries) {
    cells_.resize(1);
    cells_[0].parent = TrieView::root;  // nothing steps to the root: every step adds a code above 0
  }

  std::vector<TrieCell> build() {
    std::deque<Branch> open{{TrieView::root, 0, entries_.size(), 0}};
    while (!open.empty()) {
      const Branch branch = open.front();
      open.pop_front();
      place_children(branch, open);
    }
    return std::move(cells_);
  }

 private:
  void place_children(const Branch& branch, std::deque<Branch>& open) {
    std::vector<Branch> children;
    std::vector<std::uint32_t> codes;
    for (std::size_t i = branch.begin; i < branch.end; ++i) {
      const TrieEntry& entry = entries_[i];
      if (entry.codes.size() == branch.depth) {
        cells_[branch.node].value = entry.value;
        continue;
      }
      const std::uint32_t code = entry.codes[branch.depth];
      if (codes.empty() || codes.back() != code) {
        MINHU_ASSERT(codes.empty() || codes.back() < code);
        codes.push_back(code);
        children.push_back({0, i, i, branch.depth + 1});
      }
      children.back().end = i + 1;
    }
    if (codes.empty()) return;

    const std::size_t base = find_base(codes);
    cells_[branch.node].base = static_cast<std::uint32_t>(base);
    if (cells_.size() <= base + codes.back()) cells_.resize(base + codes.back() + 1);
    for (std::size_t i = 0; i < codes.size(); ++i) {
      cells_[base + codes[i]].parent = branch.node;
      children[i].node = static_cast<std::uint32_t>(base + codes[i]);
      open.push_back(children[i]);
    }
    while (first_free_ < cells_.size() && taken(first_free_)) ++first_free_;
  }

  bool taken(std::size_t cell) const {
    return cell < cells_.size() && cells_[cell].parent != TrieCell::no_parent;
  }

  // The first place where all children fit. Families of several children look only from where
  // families found room lately: before that the array is nearly full, and a few cells lost are
  // cheaper than looking at every hole again. Single children fill the holes.
  std::size_t find_base(const std::vector<std::uint32_t>& codes) {
    std::size_t& from = codes.size() == 1 ? first_free_ : families_from_;
    std::size_t tries = 0;
    for (std::size_t cell = std::max<std::size_t>(from, codes.front());; ++cell) {
      if (taken(cell)) continue;
      const std::size_t base = cell - codes.front();
      const bool fits =
          std::none_of(codes.begin(), codes.end(), [&](auto code) { return taken(base + code); });
      if (fits) return base;
      if (++tries == most_tries) from = cell;
    }
  }

  static constexpr std::size_t most_tries = 64;

  std::span<const TrieEntry> entries_;
  std::vector<TrieCell> cells_;
  std::size_t first_free_ = 1;
  std::size_t families_from_ = 1;
};

}  // namespace

std::vector<TrieCell> build_trie(std::span<const TrieEntry> entries) {
  return Builder(entries).build();
}

}  // namespace minhu::text
