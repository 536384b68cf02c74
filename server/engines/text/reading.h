// Reading one petition: its normal form, its words, its sentences, the names in it.
//
//   const Lexicon lexicon;
//   MINHU_TRY(const Read read, text::read(lexicon, title, detail));
//   for (const Token& token : read.tokens) use(read.text_of(token), token.word);
//
// Normal form: NFKC with case folding (ＡＢＣ → abc, ① → 1, ㎡ → m2), traditional → simplified,
// what is invisible taken out. Every token knows the bytes of the original that it came from, so
// that a piece of the original can be shown, masked.
//
// Cuts words by the cheapest path over the lexicon; what the lexicon does not know is cut into
// single characters. Pure, deterministic, thread-safe; linear in the length of the text.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "engines/text/entities.h"
#include "engines/text/lexicon.h"
#include "kernel/result.h"

namespace minhu::text {

enum class TokenKind : std::uint8_t {
  word,    // in the lexicon, two characters or more, or one of our own lists
  empty,   // in the lexicon, without a matter: 的, 了, 我们
  single,  // one Han character that no longer word covers: 修, 铺
  latin,   // abc, gps, k8 (letters, may hold digits)
  number,  // 12, 3.5, 三千
  mark,    // punctuation, symbols, emoji; blanks are no tokens
};

struct Token {
  std::uint64_t word = 0;   // word_hash of its normal text: the same in every text and version
  std::uint32_t begin = 0;  // bytes of the field's own text, as it was given
  std::uint32_t end = 0;
  std::uint32_t normal_begin = 0;  // bytes of Read::normal
  std::uint32_t normal_end = 0;
  Field field = Field::detail;
  TokenKind kind = TokenKind::word;
  std::uint16_t characters = 0;  // code points of the normal text
  // The everyday subject that the word belongs to (policies/words/themes.txt), or 0.
  std::uint16_t theme = 0;
};

// Tokens [begin, end) of Read::tokens. A title is one sentence or more of its own.
struct Sentence {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  Field field = Field::detail;
};

struct Read {
  std::string normal;             // title, a line end, detail: all in normal form
  std::uint32_t title_bytes = 0;  // how much of `normal` is the title
  std::vector<Token> tokens;      // title first, in order
  std::vector<Sentence> sentences;
  std::vector<Entity> entities;  // in order; none overlaps another of its own kind

  std::string_view text_of(const Token& token) const {
    return std::string_view(normal).substr(token.normal_begin,
                                           token.normal_end - token.normal_begin);
  }
  std::string_view text_of(const Entity& entity) const {
    return std::string_view(normal).substr(entity.normal_begin,
                                           entity.normal_end - entity.normal_begin);
  }
};

// How many subjects there are, and the name of one (1 … theme_count()): 「供水」.
std::uint32_t theme_count();
std::string_view theme_name(std::uint32_t theme);

constexpr std::size_t longest_text = 4U << 20U;  // bytes of title and detail together

// Empty texts, emoji, garbled letters, several languages: all are read; an empty text has no
// tokens. Faults text.not_utf8 (field: title or detail), text.too_long (above `longest_text`).
Result<Read> read(const Lexicon& lexicon, std::string_view title, std::string_view detail);

// Of any normal text; stable for ever, since indexes and models keep it.
std::uint64_t word_hash(std::string_view normal) noexcept;

// The normal form alone. Fault text.not_utf8.
Result<std::string> normal_form(std::string_view text);

}  // namespace minhu::text
