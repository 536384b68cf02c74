#include "engines/text/similar_matters.h"

#include <algorithm>
#include <bit>

#include "kernel/assert.h"

namespace minhu::text {

namespace {

// Packed: how many bytes it was, as two; those that stand as they are; the bits; the others.
constexpr std::size_t size_bytes = 2;

// The first byte says how many terms there are; two bytes of numbers, then four for each term.
std::size_t as_they_are(std::size_t size, std::uint8_t first) {
  return std::min(size, 2 + 4 * std::size_t{first});
}
std::size_t bits_bytes(std::size_t others) {
  return (others + 7) / 8;
}

// What is packed at `from`, part by part.
struct Packed {
  const std::uint8_t* plain;
  const std::uint8_t* bits;
  const std::uint8_t* others;
  std::size_t plain_size;
  std::size_t others_size;  // with the zeros

  explicit Packed(const std::uint8_t* from) : plain(from + size_bytes) {
    const std::size_t size = from[0] | std::size_t{from[1]} << 8U;
    plain_size = as_they_are(size, plain[0]);
    others_size = size - plain_size;
    bits = plain + plain_size;
    others = bits + bits_bytes(others_size);
  }
  bool stands(std::size_t i) const { return (bits[i / 8] >> i % 8 & 1U) != 0; }
  std::size_t size() const {
    std::size_t standing = 0;
    for (const std::uint8_t* at = bits; at != others; ++at) {
      standing += static_cast<std::size_t>(std::popcount(*at));
    }
    return size_bytes + plain_size + bits_bytes(others_size) + standing;
  }
};

const std::uint8_t* bytes_at(const Pool& pool, Pool::Piece piece) {
  return reinterpret_cast<const std::uint8_t*>(pool.at(piece));
}

}  // namespace

PackedMatters::Piece PackedMatters::keep(const Matter& matter) {
  Bytes whole;
  matter.append_to(whole);
  MINHU_ASSERT(!whole.empty() && whole.size() <= 0xFFFF);
  const std::size_t plain = as_they_are(whole.size(), whole[0]);
  const BytesView weights = BytesView(whole).subspan(plain);
  const auto zeros = static_cast<std::size_t>(std::count(weights.begin(), weights.end(), 0));
  const Piece piece =
      pool_.take(size_bytes + plain + bits_bytes(weights.size()) + weights.size() - zeros);
  auto* to = reinterpret_cast<std::uint8_t*>(pool_.at(piece));
  *to++ = static_cast<std::uint8_t>(whole.size() & 0xFFU);
  *to++ = static_cast<std::uint8_t>(whole.size() >> 8U);
  std::uint8_t* bits = std::copy_n(whole.begin(), plain, to);
  std::uint8_t* others = bits + bits_bytes(weights.size());
  for (std::size_t i = 0; i < weights.size(); ++i) {
    if (weights[i] == 0) continue;
    bits[i / 8] = static_cast<std::uint8_t>(bits[i / 8] | 1U << i % 8);
    *others++ = weights[i];
  }
  return piece;
}

void PackedMatters::forget(Piece piece) {
  pool_.give_back(piece, Packed(bytes_at(pool_, piece)).size());
}

void PackedMatters::append_to(Bytes& out, Piece piece) const {
  const Packed packed(bytes_at(pool_, piece));
  out.insert(out.end(), packed.plain, packed.plain + packed.plain_size);
  const std::uint8_t* next = packed.others;
  for (std::size_t i = 0; i < packed.others_size; ++i) {
    out.push_back(packed.stands(i) ? *next++ : std::uint8_t{0});
  }
}

Matter PackedMatters::matter(Piece piece) const {
  Bytes whole;
  append_to(whole, piece);
  BytesView rest(whole);
  auto matter = Matter::from_bytes(rest);
  MINHU_ASSERT(matter.has_value());
  return std::move(*matter);
}

}  // namespace minhu::text
