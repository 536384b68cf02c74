// The block that pack/pack_words.cc makes at build time and the program holds: how characters are
// normalised and classed, and the trie of all built-in words. Read in place, trusted as code is.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>

#include "engines/text/double_array.h"

namespace minhu::text {

enum class CharacterClass : std::uint8_t { mark, blank, line_end, digit, letter, han };

// What becomes of a character of the basic plane: another one, or one of these.
constexpr std::uint16_t normal_nothing = 0;       // invisible, goes
constexpr std::uint16_t normal_complex = 0xFFFF;  // ICU decides, it may become several

// Roles of a word, several at once.
constexpr std::uint32_t role_place = 1U << 0U;
constexpr std::uint32_t role_unit = 1U << 1U;
constexpr std::uint32_t role_empty = 1U << 2U;
constexpr std::uint32_t role_surname = 1U << 3U;
constexpr std::uint32_t role_stops_name = 1U << 4U;   // 位于, 投诉: no name reaches back across it
constexpr std::uint32_t role_ours = 1U << 5U;         // from our lists of petition words
constexpr std::uint32_t role_given_first = 1U << 6U;  // 建, 小: may begin a given name
constexpr std::uint32_t role_given_last = 1U << 7U;   // 国, 华: may end one

// The value of a word in the trie: theme 16 bits, roles 8, cost 8 (never 0).
constexpr std::uint32_t word_value(std::uint32_t theme, std::uint32_t roles, std::uint32_t cost) {
  return theme << 16U | roles << 8U | cost;
}
constexpr std::uint32_t theme_of(std::uint32_t value) {
  return value >> 16U;
}
constexpr std::uint32_t roles_of(std::uint32_t value) {
  return value >> 8U & 0xFFU;
}
constexpr std::uint32_t cost_of(std::uint32_t value) {
  return value & 0xFFU;
}

// Costs of a step on the cheapest path. There are no counts of how often a word is used that we
// could ship, so the order is: fewest words, then fewest single characters, then words of even
// length, then the commonest single characters (as in MMSEG).
constexpr std::uint32_t cost_of_name = 60;      // added at run time: wins over what is inside it
constexpr std::uint32_t cost_of_word = 100;     // plus up to 25 for long ones
constexpr std::uint32_t cost_of_unknown = 180;  // one character that is no word

struct PackedHeader {
  std::array<char, 8> magic{};
  std::uint64_t version = 0;
  std::uint32_t word_count = 0;
  std::uint32_t cell_count = 0;
  std::uint32_t theme_count = 0;
  std::uint32_t theme_bytes = 0;
};
constexpr std::array<char, 8> packed_magic = {'m', 'i', 'n', 'h', 'u', 'w', 'd', '1'};
constexpr std::size_t basic_plane = 0x10000;

struct PackedWords {
  std::uint64_t version = 0;
  std::uint32_t word_count = 0;
  std::span<const std::uint16_t> normal;            // by code point below 0x10000
  std::span<const std::uint16_t> code;              // trie code of a normal character, or 0
  std::span<const CharacterClass> character_class;  // of a normal character
  TrieView words;
  std::uint32_t theme_count = 0;
  std::string_view theme_names;  // each ends in a line end; themes count from 1

  CharacterClass class_of(char32_t point) const;
  std::uint32_t code_of(char32_t point) const noexcept {
    return point < basic_plane ? code[point] : 0;
  }
};

const PackedWords& packed_words();
// Above the basic plane there are Han characters, some letters, and emoji; used when packing too.
CharacterClass class_by_unicode(char32_t point);

}  // namespace minhu::text
