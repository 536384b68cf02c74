// The best of many cases by the sum over lists: exact, whatever is asked. Inner header.
//
// All lists are read, one piece of the cases after the other: the sums of a piece stay in the
// nearest memory, so that an entry takes a nanosecond. To read fewer entries (stop when nobody new
// can come in front, compare candidates whole) was tried on a million cases: where something is
// near it is no faster, where nothing is, it takes six times as long, for it reads memory here and
// there.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "engines/text/similar_lists.h"

namespace minhu::text {

// A list and what each weight in it counts.
struct Counted {
  std::span<const TermLists::Entry> entries;
  std::int32_t times = 0;
};

struct Summed {
  std::int32_t sum = 0;
  TermLists::Slot slot = 0;
};

// The `most` slots below `slots` of the greatest sums above 0, the greatest first, of equals the
// lesser key first; only those that `may` be shown.
std::vector<Summed> greatest_sums(std::vector<Counted> lists, std::size_t slots, std::size_t most,
                                  const std::function<std::uint64_t(TermLists::Slot)>& key_of,
                                  const std::function<bool(TermLists::Slot)>& may);

}  // namespace minhu::text
