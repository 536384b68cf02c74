// What can be said of two matters without comparing them: how alike they can be at most. Kept close
// together for very many, so that most pairs are never compared whole.
//
// Of each term of a matter sixteen bits and its weights, 4 bytes; what is no more than these bits
// in common counts as in common, so the likeness can only be taken for too great. Inner header of
// edges.cc.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "engines/text/matter.h"

namespace minhu::text {

class Sketches {
 public:
  // Of the matters 0 to `count` - 1.
  explicit Sketches(std::size_t count) : begins_(count, none) {}
  void reserve(std::size_t terms) { words_.reserve(terms); }

  // `unposted`: the length of those of its names that are in no list, as a share of the whole.
  void add(std::size_t number, const Matter& matter, float unposted);
  void fetch(std::size_t number) const;  // will be asked for soon

  // One matter, to be held against those that were added.
  class One {
   public:
    void become(const Matter& matter, float unposted);
    // The most that odds() can be with another one, with `products` in common of the names that
    // both have in lists.
    float most_odds(const Sketches& sketches, std::size_t number, std::uint32_t products) const;

   private:
    struct Cell {
      std::uint8_t tag = 0;
      std::uint8_t any_tag = 0;  // two terms are in it
      std::uint8_t trouble = 0;  // the greatest of them
      std::uint8_t title = 0;
    };
    static constexpr unsigned index_bits = 12;
    std::array<Cell, std::size_t{1} << index_bits> cells_ = {};
    std::vector<std::uint16_t> used_;
    std::uint32_t title_ = 0;
    float unposted_ = 0;
  };

 private:
  // Of a matter: its head, then each term.
  struct Word {
    std::uint16_t bits = 0;    // of a term; of the head: the sum of its title's weights
    std::uint8_t trouble = 0;  // of the head: how many terms follow
    std::uint8_t title = 0;    // of the head: `unposted`, in 255ths, rounded up
  };
  static constexpr std::size_t none = ~std::size_t{0};

  std::vector<std::size_t> begins_;
  std::vector<Word> words_;
};

}  // namespace minhu::text
