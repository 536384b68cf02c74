// Which of many things are one, when it is known how alike some pairs are: average linkage, so that
// a chain of likenesses, each to the next, does not make one group of strangers.
//
// Pure; what comes out depends on the keys and the pairs alone, not on the order in which they are
// given. Cost: pairs × logarithm of pairs; memory: 44 bytes an item and 24 a pair of what is left
// when what is most alike is joined, and some 120 a pair of things that hang together by pairs much
// more alike than `least`.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

namespace minhu::text {

struct LinkageItem {
  std::uint64_t key = 0;     // each once; ties between equally alike pairs are decided by it
  std::uint32_t copies = 1;  // counts as so many
};

struct LinkagePair {
  std::uint32_t a = 0;  // of items
  std::uint32_t b = 0;
  std::uint16_t alike = 0;  // thousandths
};

// Appends the pairs of an item, `a` being the item; each pair is one of both its items.
using PairsOf = std::function<void(std::uint32_t item, std::vector<LinkagePair>& pairs)>;

// How alike the items of one group are to those of another, in thousandths, summed over all pairs
// of an item here and an item there, copies counted: for pairs that are given what is given.
using SumAlike = std::function<std::uint64_t(std::span<const std::uint32_t> here,
                                             std::span<const std::uint32_t> there)>;

struct Linkage {
  std::vector<LinkageItem> items;
  std::vector<LinkagePair> pairs;     // each pair once …
  PairsOf pairs_of;                   // … or, in their place, asked for again and again
  std::vector<LinkagePair> together;  // must be in one group, whatever their likeness
  std::vector<LinkagePair> apart;     // never in one group; wins over likeness, not over together
  std::uint16_t least = 500;          // thousandths: groups less alike on average stay apart
  // Pairs less alike than this need not be given (at most `least`). It is then asked for of groups
  // that may be alike by `least` on average when such pairs are counted as just below it. Without
  // it a pair that is not given is not alike at all.
  std::uint16_t given_from = 0;
  SumAlike sum_alike;
};

// For each item the index of the item with the least key in its group.
std::vector<std::uint32_t> link(const Linkage& linkage);

}  // namespace minhu::text
