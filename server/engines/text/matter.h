// The matter of one petition as it is compared: the names that stand out in it, the troubles that
// stand out, the terms of its title, the aspects it touches; weights of one byte. And how alike two
// matters are.
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <span>
#include <vector>

#include "engines/text/ground.h"

namespace minhu::text {

class Matter {
 public:
  static constexpr std::size_t most_names = 32;
  static constexpr std::size_t most_troubles = 48;
  static constexpr std::size_t most_title = 40;
  static constexpr std::size_t most_aspects = 12;

  Matter() = default;
  Matter(const MatterTerms& terms, const Ground& ground);

  // Each once, in order; the weights beside them, 0 where a term is none of the kind.
  std::span<const std::uint32_t> terms() const { return terms_; }
  // As names and as troubles: a vector of length 255 each.
  std::span<const std::uint8_t> names() const { return weights(0); }
  std::span<const std::uint8_t> troubles() const { return weights(1); }
  // In the title: sixteenths of the rarity.
  std::span<const std::uint8_t> title() const { return weights(2); }
  // Aspect, weight, aspect, weight …, by aspect; a vector of length 255.
  std::span<const std::uint8_t> aspects() const {
    return std::span(weights_).subspan(3 * terms_.size());
  }
  std::size_t bytes() const { return terms_.size() * 4 + weights_.size() + sizeof(Matter); }

  void append_to(Bytes& out) const;
  static Result<Matter> from_bytes(BytesView& bytes);  // Fault text.bad_index

  bool operator==(const Matter&) const = default;
  auto operator<=>(const Matter&) const = default;
  std::uint64_t hash() const;  // of equals the same, on every machine

 private:
  std::span<const std::uint8_t> weights(std::size_t kind) const {
    return std::span(weights_).subspan(kind * terms_.size(), terms_.size());
  }

  std::vector<std::uint32_t> terms_;
  std::vector<std::uint8_t> weights_;
};

// What speaks for two petitions being about one issue; each 0..1.
struct Likeness {
  float names = 0;       // cosine over names
  float troubles = 0;    // cosine over troubles
  float aspects = 0;     // cosine over aspects
  float title_less = 0;  // how much of one title stands in the other petition: the lesser …
  float title_more = 0;  // … and the greater of both ways
};

Likeness likeness(const Matter& a, const Matter& b);

// One matter against many: what likeness(one, other) gives, to the last bit, in a third of the time
// (its terms are looked up instead of walked along). The matter may go.
class OneAgainstMany {
 public:
  explicit OneAgainstMany(const Matter& one);
  Likeness likeness(const Matter& other) const;

 private:
  struct Cell {
    std::uint32_t term = 0;
    std::uint8_t name = 0;
    std::uint8_t trouble = 0;
    std::uint8_t title = 0;
    bool taken = false;
  };
  static constexpr std::size_t size = 1024;  // cells, eight for each term and more: seldom a clash

  std::array<Cell, size> cells_ = {};  // open addressing
  std::uint32_t title_ = 0;            // the sum of its weights
  std::vector<std::uint8_t> aspects_;
};

// The logarithm of the odds that it is one issue, by weights learnt from labelled petitions
// (docs/text.md); symmetric. Below -4 nobody would ask.
float odds(const Likeness& likeness);
inline float odds(const Matter& a, const Matter& b) {
  return odds(likeness(a, b));
}

}  // namespace minhu::text
