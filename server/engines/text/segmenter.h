// Cuts a normal text into words: the cheapest path over all words that the lexicon finds in it.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "engines/text/lexicon.h"
#include "engines/text/normal_text.h"
#include "engines/text/reading.h"

namespace minhu::text {

struct Piece {
  std::uint32_t begin = 0;  // characters of the normal text
  std::uint32_t end = 0;
  std::uint32_t value = 0;  // of the word in the lexicon (packed_words.h), 0 when it is not there
  TokenKind kind = TokenKind::word;
};

// Blanks and line ends are passed over. Linear in the length of the text: no word is longer than
// Lexicon::longest_word.
class Segmenter {
 public:
  explicit Segmenter(const Lexicon& lexicon);
  // Replaces what `out` held.
  void cut(const NormalText& text, std::vector<Piece>& out);

 private:
  struct Step {
    std::uint32_t cost = 0;    // of the cheapest way that ends here
    std::uint32_t value = 0;   // of its last word
    std::uint16_t length = 0;  // of its last word, in characters
    bool is_run = false;       // the last word is a run of letters or digits
  };

  void cut_stretch(const NormalText& text, std::size_t begin, std::size_t end,
                   std::vector<Piece>& out);
  void offer(std::size_t from, std::size_t length, std::uint32_t cost, std::uint32_t value,
             bool is_run);
  void offer_words(std::u32string_view stretch, std::size_t at);
  std::size_t run_length(const NormalText& text, std::size_t at, std::size_t end) const;
  TokenKind kind_of(const NormalText& text, const Piece& piece) const;

  const PackedWords& words_;
  const NameTrie& names_;
  std::vector<Step> steps_;
};

}  // namespace minhu::text
