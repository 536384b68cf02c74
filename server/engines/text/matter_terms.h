// What of a petition is compared with others: pairs of characters that stand side by side, numbers
// and Latin words, each as a hash with its counts, and the aspects of life it touches.
//
// Pairs of characters rather than words: names of estates, schools and firms are in no dictionary,
// and a pair is the same pair whichever way a sentence is cut. A hash does not say what it stood
// for, but whoever has it can try all pairs: keep it as safe as the text itself.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "engines/text/normal_text.h"
#include "kernel/result.h"

namespace minhu::text {

struct TermCount {
  std::uint32_t term = 0;
  std::uint16_t in_all = 0;    // times in title and detail
  std::uint16_t in_title = 0;  // times in the title
  // Of those: right behind the names of places that a title begins with, where a title says whom
  // or what it is about ("A市A3区|魅力花园|楼板开裂").
  std::uint16_t in_name_slot = 0;
};

struct AspectCount {
  std::uint8_t aspect = 0;  // line of policies/aspects/aspects.txt, from 0
  std::uint16_t in_all = 0;
  std::uint16_t in_title = 0;
};

struct MatterTerms {
  std::vector<TermCount> terms;      // by term, each once
  std::vector<AspectCount> aspects;  // by aspect, each once
};

// Where a term stands in a text, for evidence that can be shown.
struct TermPlace {
  std::uint32_t term = 0;
  std::uint32_t begin = 0;  // bytes of the text as it was given
  std::uint32_t end = 0;
};

// Not thread-safe; keep one for many texts, its memory is used again.
class TermReader {
 public:
  // Only so much of a text is compared, in code points: a longer one repeats itself, and a title
  // longer than this is a detail in the wrong field.
  static constexpr std::size_t longest_title = 200;
  static constexpr std::size_t longest_detail = 8000;

  // Fault text.not_utf8 (field: title or detail).
  Outcome read(std::string_view title, std::string_view detail, MatterTerms& out);
  // The terms of one text in order. Fault text.not_utf8.
  Result<std::vector<TermPlace>> places(std::string_view text);

 private:
  void collect(std::size_t longest, bool title);

  NormalText normal_;
  std::vector<TermCount> found_;
  std::vector<AspectCount> touched_;
};

}  // namespace minhu::text
