// Which of many things are one, when it is known how alike some pairs are: average linkage, so that
// a chain of likenesses, each to the next, does not make one group of strangers.
//
// Pure; what comes out depends on the keys and the pairs alone, not on the order in which they are
// given. Cost: pairs × logarithm of pairs; memory: 16 bytes a pair, and some 100 more a pair of
// things that hang together by pairs much more alike than `least`.
#pragma once

#include <cstdint>
#include <vector>

namespace minhu::text {

struct LinkageItem {
  std::uint64_t key = 0;     // each once; ties between equally alike pairs are decided by it
  std::uint32_t copies = 1;  // counts as so many
};

struct LinkagePair {
  std::uint32_t a = 0;  // of items
  std::uint32_t b = 0;
  std::uint16_t alike = 0;  // thousandths; a pair that is not given is not alike at all
};

struct Linkage {
  std::vector<LinkageItem> items;
  std::vector<LinkagePair> pairs;     // each pair once
  std::vector<LinkagePair> together;  // must be in one group, whatever their likeness
  std::vector<LinkagePair> apart;     // never in one group; wins over likeness, not over together
  std::uint16_t least = 500;          // thousandths: groups less alike on average stay apart
};

// For each item the index of the item with the least key in its group.
std::vector<std::uint32_t> link(const Linkage& linkage);
// The same; the pairs are gone when it returns, and before most of the work is done.
std::vector<std::uint32_t> link(Linkage&& linkage);

}  // namespace minhu::text
