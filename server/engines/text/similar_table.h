// A table of cells that hold their own key, in memory without pointers. In many small parts, so
// that none takes long to grow while somebody waits for a case to be added. Inner header.
#pragma once

#include <cstdint>
#include <vector>

#include "engines/text/similar_pool.h"

namespace minhu::text {

// Every bit of the key in every bit of the number.
inline std::uint32_t spread(std::uint64_t key) {
  key ^= key >> 33U;
  key *= 0xFF51AFD7ED558CCDU;
  key ^= key >> 33U;
  key *= 0xC4CEB9FE1A85EC53U;
  return static_cast<std::uint32_t>(key >> 32U);
}

// Cell: key(), taken(); a default one is all zeros and not taken.
template <class Cell>
class Table {
 public:
  const Cell* find(std::uint64_t key) const {
    const std::uint32_t hash = spread(key);
    const Part& part = parts_[hash % parts];
    if (part.cells.empty()) return nullptr;
    for (std::size_t at = home(hash, part);; at = after(at, part)) {
      if (!part.cells[at].taken()) return nullptr;
      if (part.cells[at].key() == key) return &part.cells[at];
    }
  }
  Cell* find(std::uint64_t key) {
    return const_cast<Cell*>(static_cast<const Table&>(*this).find(key));
  }

  // Its key must not be there yet. Cells found before may stand elsewhere now.
  void put(const Cell& cell) {
    Part& part = parts_[spread(cell.key()) % parts];
    if ((part.used + 1) * 5 > part.cells.size() * 4) grow(part);
    place(cell, part);
    ++part.used;
    ++size_;
  }

  // A key that is there. Nothing of the cell is left.
  void erase(std::uint64_t key) {
    Part& part = parts_[spread(key) % parts];
    auto hole = static_cast<std::size_t>(find(key) - part.cells.data());
    for (std::size_t at = after(hole, part); part.cells[at].taken(); at = after(at, part)) {
      // Who would stand between the hole and here anyway stays.
      const std::size_t wanted = home(spread(part.cells[at].key()), part);
      const bool stays = hole <= at ? hole < wanted && wanted <= at : hole < wanted || wanted <= at;
      if (stays) continue;
      part.cells[hole] = part.cells[at];
      hole = at;
    }
    part.cells[hole] = Cell{};
    --part.used;
    --size_;
  }

  std::size_t size() const { return size_; }

  template <class Take>
  void each(const Take& take) const {
    for (const Part& part : parts_) {
      for (const Cell& cell : part.cells) {
        if (cell.taken()) take(cell);
      }
    }
  }

 private:
  static constexpr std::size_t parts = 256;
  struct Part {
    std::vector<Cell> cells;
    std::size_t used = 0;
  };

  static std::size_t home(std::uint32_t hash, const Part& part) {
    return static_cast<std::size_t>(std::uint64_t{hash} * part.cells.size() >> 32U);
  }
  static std::size_t after(std::size_t at, const Part& part) {
    return at + 1 < part.cells.size() ? at + 1 : 0;
  }
  static void place(const Cell& cell, Part& part) {
    std::size_t at = home(spread(cell.key()), part);
    while (part.cells[at].taken()) at = after(at, part);
    part.cells[at] = cell;
  }
  static void grow(Part& part) {
    std::vector<Cell> before(part.cells.size() + part.cells.size() / 4 + 4);
    before.swap(part.cells);
    for (const Cell& cell : before) {
      if (cell.taken()) place(cell, part);
    }
    overwrite(before.data(), before.size() * sizeof(Cell));
  }

  std::vector<Part> parts_ = std::vector<Part>(parts);
  std::size_t size_ = 0;
};

}  // namespace minhu::text
