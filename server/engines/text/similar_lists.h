// The lists of the index: for each term, as a name and as a trouble, the cases it stands in with
// what it weighs there, by case. Four bytes an entry. Inner header.
#pragma once

#include <cstdint>
#include <span>

#include "engines/text/matter.h"
#include "engines/text/similar_pool.h"
#include "engines/text/similar_table.h"

namespace minhu::text {

class TermLists {
 public:
  using Slot = std::uint32_t;  // where a case stands in the index
  static constexpr Slot slots = 1U << 24U;

  // The slot above, the weight in the lowest byte: in order of entries is in order of slots.
  using Entry = std::uint32_t;
  static Slot slot_of(Entry entry) { return entry >> 8U; }
  static std::uint32_t weight_of(Entry entry) { return entry & 0xFFU; }

  enum class Kind : std::uint8_t { name, trouble };

  // All terms of a matter. None may have been put in for this slot before.
  void add(Slot slot, const Matter& matter);
  // The same matter: nothing of it is left.
  void remove(Slot slot, const Matter& matter);

  std::span<const Entry> find(Kind kind, std::uint32_t term) const;

  std::size_t bytes() const { return pool_.bytes(); }

 private:
  struct List {
    std::uint32_t term = 0;
    std::uint32_t count = 0;
    Pool::Piece piece = 0;

    std::uint64_t key() const { return term; }
    bool taken() const { return count > 0; }
  };
  using Lists = Table<List>;

  void put(Lists& lists, std::uint32_t term, Entry entry);
  void take(Lists& lists, std::uint32_t term, Slot slot);

  Pool pool_;
  Lists names_;
  Lists troubles_;
};

}  // namespace minhu::text
