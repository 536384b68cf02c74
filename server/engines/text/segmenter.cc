#include "engines/text/segmenter.h"

#include <algorithm>
#include <limits>

#include "engines/text/name_trie.h"

namespace minhu::text {

namespace {

constexpr std::uint32_t unreached = std::numeric_limits<std::uint32_t>::max();
constexpr std::uint32_t cost_of_run = 100;
constexpr std::uint32_t cost_of_region = 40;  // F5县|城, not F5|县城
constexpr std::size_t longest_run = 256;      // a longer row of letters or digits is cut

bool is_numeral(char32_t point) {
  constexpr std::u32string_view numerals = U"〇零一二三四五六七八九十百千万亿两";
  return numerals.find(point) != std::u32string_view::npos;
}

// a, k8, l12.
bool is_letter_and_number(const NormalText& text, std::size_t at, std::size_t size) {
  for (std::size_t i = at + 1; i < at + size; ++i) {
    if (text.classes[i] != CharacterClass::digit) return false;
  }
  return text.classes[at] == CharacterClass::letter;
}

bool ends_region(char32_t point) {
  return point == U'省' || point == U'市' || point == U'区' || point == U'县';
}

}  // namespace

Segmenter::Segmenter(const Lexicon& lexicon) : words_(packed_words()), names_(lexicon.names()) {}

void Segmenter::cut(const NormalText& text, std::vector<Piece>& out) {
  out.clear();
  const std::size_t size = text.size();
  // A point between digits belongs to the number.
  const auto in_word = [&](std::size_t i) {
    const CharacterClass kind = text.classes[i];
    if (kind >= CharacterClass::digit) return true;
    return text.points[i] == U'.' && i > 0 && i + 1 < size &&
           text.classes[i - 1] == CharacterClass::digit &&
           text.classes[i + 1] == CharacterClass::digit;
  };
  for (std::size_t at = 0; at < size;) {
    if (in_word(at)) {
      std::size_t end = at + 1;
      while (end < size && in_word(end)) ++end;
      cut_stretch(text, at, end, out);
      at = end;
    } else {
      if (text.classes[at] == CharacterClass::mark) {
        const auto place = static_cast<std::uint32_t>(at);
        out.push_back({place, place + 1, 0, TokenKind::mark});
      }
      ++at;
    }
  }
}

void Segmenter::cut_stretch(const NormalText& text, std::size_t begin, std::size_t end,
                            std::vector<Piece>& out) {
  const std::size_t size = end - begin;
  const std::u32string_view stretch = std::u32string_view(text.points).substr(begin, size);
  steps_.assign(size + 1, Step{unreached, 0, 0, false});
  steps_[0].cost = 0;
  for (std::size_t at = 0; at < size; ++at) {
    offer(at, 1, cost_of_unknown, 0, text.classes[begin + at] != CharacterClass::han);
    offer_words(stretch, at);
    const std::size_t run = run_length(text, begin + at, end);
    if (run > 0) {
      offer(at, run, cost_of_run, 0, true);
      // The names that stand for places in published petitions: A市, A3区, K8县.
      if (text.classes[begin + at] == CharacterClass::letter && run <= 3 && at + run < size &&
          ends_region(stretch[at + run]) && is_letter_and_number(text, begin + at, run)) {
        offer(at, run + 1, cost_of_region, word_value(0, role_place, cost_of_region), false);
      }
    }
  }
  const std::size_t first = out.size();
  for (std::size_t at = size; at > 0; at -= steps_[at].length) {
    const Step& step = steps_[at];
    Piece piece;
    piece.begin = static_cast<std::uint32_t>(begin + at - step.length);
    piece.end = static_cast<std::uint32_t>(begin + at);
    piece.value = step.value;
    piece.kind = kind_of(text, piece);
    if (step.is_run) {
      piece.kind = text.classes[piece.begin] == CharacterClass::letter ? TokenKind::latin
                                                                       : TokenKind::number;
    }
    out.push_back(piece);
  }
  std::reverse(out.begin() + static_cast<std::ptrdiff_t>(first), out.end());
}

void Segmenter::offer(std::size_t from, std::size_t length, std::uint32_t cost, std::uint32_t value,
                      bool is_run) {
  Step& to = steps_[from + length];
  const std::uint32_t total = steps_[from].cost + cost;
  // At the same cost the longer last word stays: it was offered earlier.
  if (total < to.cost) to = {total, value, static_cast<std::uint16_t>(length), is_run};
}

void Segmenter::offer_words(std::u32string_view stretch, std::size_t at) {
  std::uint32_t node = TrieView::root;
  for (std::size_t i = at; i < stretch.size(); ++i) {
    node = words_.words.step(node, words_.code_of(stretch[i]));
    if (node == TrieView::none) break;
    const std::uint32_t value = words_.words.value(node);
    if (value != 0) offer(at, i + 1 - at, cost_of(value), value, false);
  }
  if (names_.may_begin(stretch[at])) {
    names_.each_prefix(stretch.substr(at), [&](std::size_t length, std::uint32_t value) {
      offer(at, length, cost_of(value), value, false);
    });
  }
}

// How long the row of letters and digits, or of Chinese numerals, is that begins exactly here.
std::size_t Segmenter::run_length(const NormalText& text, std::size_t at, std::size_t end) const {
  const auto kind = [&](std::size_t i) { return text.classes[i]; };
  const auto measure = [&](auto belongs) {
    std::size_t to = at;
    while (to < end && to - at < longest_run && belongs(to)) ++to;
    return to - at;
  };
  if (kind(at) == CharacterClass::letter) {
    return measure([&](std::size_t i) {
      return kind(i) == CharacterClass::letter || kind(i) == CharacterClass::digit;
    });
  }
  if (kind(at) == CharacterClass::digit) {
    return measure([&](std::size_t i) {
      return kind(i) == CharacterClass::digit || kind(i) == CharacterClass::mark;
    });
  }
  if (!is_numeral(text.points[at])) return 0;
  const std::size_t numerals = measure([&](std::size_t i) { return is_numeral(text.points[i]); });
  return numerals >= 2 ? numerals : 0;
}

TokenKind Segmenter::kind_of(const NormalText& text, const Piece& piece) const {
  if ((roles_of(piece.value) & role_empty) != 0) return TokenKind::empty;
  if (piece.end - piece.begin > 1) return TokenKind::word;
  if (cost_of(piece.value) == cost_of_name) return TokenKind::word;
  return text.classes[piece.begin] == CharacterClass::han ? TokenKind::single : TokenKind::latin;
}

}  // namespace minhu::text
