#include "engines/text/sketches.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace minhu::text {

namespace {

constexpr float full = 255;

std::uint16_t bits_of(std::uint32_t term) {
  return static_cast<std::uint16_t>(term * 0x9E3779B1U >> 16U);
}

std::uint8_t tag_of(std::uint16_t bits) {
  return static_cast<std::uint8_t>(bits >> 12U | 0x10U);  // never 0: that is an empty cell
}

std::uint32_t sum(std::span<const std::uint8_t> weights) {
  return std::accumulate(weights.begin(), weights.end(), std::uint32_t{0});
}

float share(std::uint32_t found, std::uint32_t all) {
  return all > 0 ? std::min(1.0F, static_cast<float>(found) / static_cast<float>(all)) : 0.0F;
}

}  // namespace

void Sketches::add(std::size_t number, const Matter& matter, float unposted) {
  begins_[number] = words_.size();
  const auto terms = matter.terms();
  words_.push_back({static_cast<std::uint16_t>(sum(matter.title())),
                    static_cast<std::uint8_t>(terms.size()),
                    static_cast<std::uint8_t>(std::ceil(std::min(1.0F, unposted) * full))});
  for (std::size_t i = 0; i < terms.size(); ++i) {
    words_.push_back({bits_of(terms[i]), matter.troubles()[i], matter.title()[i]});
  }
}

void Sketches::fetch(std::size_t number) const {
  constexpr std::size_t words_a_line = 64 / sizeof(Word);
  constexpr std::size_t lines = 5;  // as many as most have
  const Word* const begin = words_.data() + begins_[number];
  for (std::size_t line = 0; line < lines; ++line) __builtin_prefetch(begin + line * words_a_line);
}

void Sketches::One::become(const Matter& matter, float unposted) {
  for (const std::uint16_t at : used_) cells_[at] = {};
  used_.clear();
  for (std::size_t i = 0; i < matter.terms().size(); ++i) {
    const std::uint16_t bits = bits_of(matter.terms()[i]);
    const auto at = static_cast<std::uint16_t>(bits & ((1U << index_bits) - 1));
    Cell& cell = cells_[at];
    if (cell.tag != 0 && cell.tag != tag_of(bits)) cell.any_tag = 1;
    cell.tag = tag_of(bits);
    cell.trouble = std::max(cell.trouble, matter.troubles()[i]);
    cell.title = std::max(cell.title, matter.title()[i]);
    used_.push_back(at);
  }
  title_ = sum(matter.title());
  unposted_ = unposted;
}

float Sketches::One::most_odds(const Sketches& sketches, std::size_t number,
                               std::uint32_t products) const {
  const Word* word = sketches.words_.data() + sketches.begins_[number];
  const Word head = *word++;
  std::uint32_t troubles = 0;
  std::uint32_t one_in_other = 0;
  std::uint32_t other_in_one = 0;
  for (const Word* const end = word + head.trouble; word != end; ++word) {
    const Cell cell = cells_[word->bits & ((1U << index_bits) - 1)];
    const bool same = cell.tag == tag_of(word->bits) || cell.any_tag != 0;
    const std::uint32_t mask = same ? 0xFFU : 0U;
    troubles += (cell.trouble & mask) * word->trouble;
    one_in_other += cell.title & mask;
    other_in_one += word->title & mask;
  }
  const auto cosine = [](std::uint32_t sum) { return static_cast<float>(sum) / (full * full); };
  const auto title = std::minmax({share(one_in_other, title_), share(other_in_one, head.bits)});
  // What is not in lists has at most the length of both in common. Rounding adds a little.
  constexpr float rounding = 0.001F;
  Likeness most;
  most.names = std::min(
      1.0F, cosine(products) + unposted_ * (static_cast<float>(head.title) / full) + rounding);
  most.troubles = std::min(1.0F, cosine(troubles) + rounding);
  most.aspects = 1;
  most.title_less = title.first;
  most.title_more = title.second;
  return odds(most) + rounding;
}

}  // namespace minhu::text
