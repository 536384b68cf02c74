// Steps over a normal text, and numbers as people write them: what the finders of numbers share.
#pragma once

#include <cstdint>
#include <string_view>

#include "engines/text/normal_text.h"

namespace minhu::text {

constexpr std::u32string_view numerals = U"〇零一二三四五六七八九";
constexpr std::u32string_view ranks = U"十百千万亿";

inline bool is_one_of(char32_t point, std::u32string_view set) {
  return set.find(point) != std::u32string_view::npos;
}

// A walk over the text that can be given up.
class Walk {
 public:
  Walk(const NormalText& text, std::size_t at) : text_(&text), at_(at) {}

  std::size_t at() const { return at_; }
  bool done() const { return at_ >= text_->size(); }
  char32_t point() const { return done() ? U'\0' : text_->points[at_]; }
  bool on_digit() const { return !done() && text_->classes[at_] == CharacterClass::digit; }
  void step() { ++at_; }
  bool pass(char32_t wanted) {
    if (point() != wanted) return false;
    ++at_;
    return true;
  }
  bool pass_one_of(std::u32string_view set) {
    if (done() || !is_one_of(point(), set)) return false;
    ++at_;
    return true;
  }
  bool pass(std::u32string_view wanted) {
    if (!std::u32string_view(text_->points).substr(at_).starts_with(wanted)) return false;
    at_ += wanted.size();
    return true;
  }
  void pass_blanks() {
    while (point() == U' ') ++at_;
  }
  // Up to `most` digits; gives how many.
  std::size_t pass_digits(std::size_t most = 64) {
    std::size_t count = 0;
    for (; count < most && on_digit(); ++count) ++at_;
    return count;
  }

 private:
  const NormalText* text_;
  std::size_t at_;
};

// The digits of a text as a number, others passed over.
std::int64_t number_of(std::u32string_view digits);
// 三千二百, 二〇一九, 十五. 0 for what is not built like a number.
std::int64_t chinese_number(std::u32string_view text);

}  // namespace minhu::text
