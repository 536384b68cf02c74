#include "engines/text/normal_text.h"

#include <unicode/normalizer2.h>
#include <unicode/unistr.h>

#include "kernel/assert.h"

namespace minhu::text {

namespace {

const icu::Normalizer2& folding() {
  static const icu::Normalizer2& instance = []() -> const icu::Normalizer2& {
    UErrorCode error = U_ZERO_ERROR;
    const icu::Normalizer2* found = icu::Normalizer2::getNFKCCasefoldInstance(error);
    MINHU_ASSERT(U_SUCCESS(error) && found != nullptr);
    return *found;
  }();
  return instance;
}

// How a carriage return comes out of tables that were once an .xlsx file (ECMA-376 18.4.9,
// ST_Xstring).
constexpr std::string_view carriage_return_of_sheets = "_x000D_";

class Normaliser {
 public:
  Normaliser(std::string_view text, NormalText& out)
      : text_(text), out_(out), words_(packed_words()) {}

  void run() {
    out_.clear();
    const std::size_t likely = text_.size() / 2;
    out_.points.reserve(likely);
    out_.classes.reserve(likely);
    out_.origin_begin.reserve(likely);
    out_.origin_end.reserve(likely);
    std::size_t at = 0;
    while (at < text_.size()) {
      const std::size_t begin = at;
      const char32_t point = next_point(text_, at);
      if (point == U'_' && text_.substr(begin).starts_with(carriage_return_of_sheets)) {
        at = begin + carriage_return_of_sheets.size();
        last_begin_ = begin;
        last_size_ = out_.size();
        push(U'\n', CharacterClass::line_end, begin, at);
        continue;
      }
      const std::uint16_t to = point < basic_plane ? words_.normal[point] : normal_complex;
      if (to == normal_complex) {
        at = take_complex(begin, point);
      } else {
        last_begin_ = begin;
        last_size_ = out_.size();
        if (to != normal_nothing) push(to, words_.character_class[to], begin, at);
      }
    }
  }

 private:
  void push(char32_t point, CharacterClass kind, std::size_t begin, std::size_t end) {
    out_.points.push_back(point);
    out_.classes.push_back(kind);
    out_.origin_begin.push_back(static_cast<std::uint32_t>(begin));
    out_.origin_end.push_back(static_cast<std::uint32_t>(end));
  }

  // A character that becomes several, or that melts into its neighbours. All that may melt
  // together is given to ICU at once; gives the place behind it. A letter with hundreds of accents
  // is cut (as Unicode's stream-safe form does), since sorting them costs the square of their
  // number.
  std::size_t take_complex(std::size_t begin, char32_t point) {
    static constexpr int most_together = 32;
    const icu::Normalizer2& fold = folding();
    const std::size_t at = begin;
    if (point >= basic_plane && fold.isInert(static_cast<UChar32>(point))) {
      std::size_t end = begin;
      next_point(text_, end);
      last_begin_ = begin;
      last_size_ = out_.size();
      push(point, class_by_unicode(point), begin, end);
      return end;
    }
    const bool joins_before = !fold.hasBoundaryBefore(static_cast<UChar32>(point));
    if (joins_before && out_.size() - last_size_ > 0 && begin - last_begin_ < most_together) {
      begin = last_begin_;
      out_.points.resize(last_size_);
      out_.classes.resize(last_size_);
      out_.origin_begin.resize(last_size_);
      out_.origin_end.resize(last_size_);
    }
    // At least up to where we were: what was put out is taken back only to be put out again.
    std::size_t end = begin;
    for (int together = 0; end < text_.size() && (end <= at || together < most_together);
         ++together) {
      std::size_t after = end;
      const char32_t following = next_point(text_, after);
      if (end > at && fold.hasBoundaryBefore(static_cast<UChar32>(following))) break;
      end = after;
    }
    last_begin_ = begin;
    last_size_ = out_.size();

    UErrorCode error = U_ZERO_ERROR;
    const icu::UnicodeString raw =
        icu::UnicodeString::fromUTF8({text_.data() + begin, static_cast<int32_t>(end - begin)});
    const icu::UnicodeString folded = fold.normalize(raw, error);
    MINHU_ASSERT(U_SUCCESS(error));
    for (int32_t i = 0; i < folded.length(); i = folded.moveIndex32(i, 1)) {
      auto folded_point = static_cast<char32_t>(folded.char32At(i));
      // Simplifies what came out, where one character stands for one.
      if (folded_point < basic_plane) {
        const std::uint16_t simple = words_.normal[folded_point];
        if (simple != normal_complex && simple != normal_nothing) folded_point = simple;
      }
      push(folded_point, words_.class_of(folded_point), begin, end);
    }
    return end;
  }

  std::string_view text_;
  NormalText& out_;
  const PackedWords& words_;
  std::size_t last_begin_ = 0;  // of the last character (or group) in the original
  std::size_t last_size_ = 0;   // how much had been put out before it
};

}  // namespace

void NormalText::clear() {
  points.clear();
  classes.clear();
  origin_begin.clear();
  origin_end.clear();
}

void normalise(std::string_view text, NormalText& out) {
  Normaliser(text, out).run();
}

void append_utf8(char32_t point, std::string& out) {
  const auto add = [&](char32_t byte) { out.push_back(static_cast<char>(byte)); };
  if (point < 0x80) {
    add(point);
  } else if (point < 0x800) {
    add(0xC0U | point >> 6U);
    add(0x80U | (point & 0x3FU));
  } else if (point < 0x10000) {
    add(0xE0U | point >> 12U);
    add(0x80U | (point >> 6U & 0x3FU));
    add(0x80U | (point & 0x3FU));
  } else {
    add(0xF0U | point >> 18U);
    add(0x80U | (point >> 12U & 0x3FU));
    add(0x80U | (point >> 6U & 0x3FU));
    add(0x80U | (point & 0x3FU));
  }
}

std::string to_utf8(std::u32string_view points) {
  std::string out;
  out.reserve(points.size() * 3);
  for (const char32_t point : points) append_utf8(point, out);
  return out;
}

std::u32string to_points(std::string_view valid_utf8) {
  std::u32string points;
  points.reserve(valid_utf8.size() / 2);
  for (std::size_t at = 0; at < valid_utf8.size();) points.push_back(next_point(valid_utf8, at));
  return points;
}

}  // namespace minhu::text
