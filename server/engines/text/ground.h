// The ground that petitions are compared on: in how many of a set of petitions each term stands,
// and how often it stands there as a name. A rare name in common says much; 扰民 in common says
// little.
//
// A Ground is a fact about the set it was counted from: the order of counting does not matter, and
// the same set gives the same ground. It holds levels, not counts, and only of terms of `few_cases`
// petitions or more: no entry is of one petition alone.
#pragma once

#include <cstdint>
#include <vector>

#include "engines/text/matter_terms.h"
#include "kernel/bytes.h"

namespace minhu::text {

// What a term weighs in one petition of a title or a detail, both above 0 where it counts at all.
struct TermWeight {
  float rarity = 0;      // natural logarithm of one in how many
  float as_name = 0;     // 0..1: how much of a name it is
  float as_trouble = 0;  // 0..1: how much of a matter it is
};

class Ground {
 public:
  Ground() = default;  // of no petitions: every term is rare

  std::uint64_t cases() const { return cases_; }
  std::size_t terms() const { return used_; }

  TermWeight weight(const TermCount& term) const;
  // Rarity of an aspect of life.
  float aspect_rarity(std::size_t aspect) const;
  // In about how many of the petitions a term stands; 0 when it is not known.
  std::uint64_t about(std::uint32_t term) const;

  // As bytes, the same for the same ground; read back by `from_bytes`, which moves `bytes` behind
  // it. Fault text.bad_index.
  void append_to(Bytes& out) const;
  static Result<Ground> from_bytes(BytesView& bytes);

  bool operator==(const Ground&) const = default;

 private:
  friend class GroundCounter;
  struct Cell {
    std::uint32_t term = 0;
    std::uint8_t commonness = 0;  // level; 0: an empty cell
    std::uint8_t name = 0;        // sixteenths
    bool operator==(const Cell&) const = default;
  };

  const Cell* find(std::uint32_t term) const;
  void put(const Cell& cell);

  std::uint64_t cases_ = 0;
  std::vector<std::uint8_t> aspects_;  // levels of commonness
  std::vector<Cell> cells_;            // open addressing, a power of two
  std::size_t used_ = 0;
};

class GroundCounter {
 public:
  // Fewer petitions than this with a term: it is as good as unknown.
  static constexpr std::uint32_t few_cases = 2;

  GroundCounter();
  void add(const MatterTerms& terms) { count(terms, 1); }
  // Takes back what add() of the same terms added.
  void remove(const MatterTerms& terms) { count(terms, -1); }
  void add(const GroundCounter& other);

  std::uint64_t cases() const { return cases_; }
  Ground ground() const;

 private:
  struct Cell {
    std::uint32_t term = 0;
    std::uint32_t cases = 0;
    std::uint32_t in_title = 0;
    std::uint32_t in_name_slot = 0;
    bool taken = false;
  };

  void count(const MatterTerms& terms, int sign);
  Cell& cell(std::uint32_t term);
  void grow();

  std::uint64_t cases_ = 0;
  std::vector<std::uint32_t> aspects_;
  std::vector<Cell> cells_;
  std::size_t used_ = 0;
};

}  // namespace minhu::text
