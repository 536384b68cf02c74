// A text in normal form, character by character, each with the bytes of the original it came from.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "engines/text/packed_words.h"

namespace minhu::text {

struct NormalText {
  std::u32string points;
  std::vector<CharacterClass> classes;      // of each point
  std::vector<std::uint32_t> origin_begin;  // of each point: bytes of the original
  std::vector<std::uint32_t> origin_end;

  void clear();
  std::size_t size() const { return points.size(); }
};

// `text` must be valid UTF-8. Replaces what `out` held; its memory is used again.
void normalise(std::string_view text, NormalText& out);

void append_utf8(char32_t point, std::string& out);
std::string to_utf8(std::u32string_view points);
std::u32string to_points(std::string_view valid_utf8);

// Reads the character at `at` of valid UTF-8 and moves `at` behind it.
inline char32_t next_point(std::string_view text, std::size_t& at) noexcept {
  const auto byte = [&](std::size_t i) { return static_cast<std::uint8_t>(text[i]); };
  const char32_t lead = byte(at);
  if (lead < 0x80) {
    ++at;
    return lead;
  }
  if (lead >= 0xE0 && lead < 0xF0) {
    const char32_t point =
        (lead & 0x0FU) << 12U | (byte(at + 1) & 0x3FU) << 6U | (byte(at + 2) & 0x3FU);
    at += 3;
    return point;
  }
  if (lead < 0xE0) {
    const char32_t point = (lead & 0x1FU) << 6U | (byte(at + 1) & 0x3FU);
    at += 2;
    return point;
  }
  const char32_t point = (lead & 0x07U) << 18U | (byte(at + 1) & 0x3FU) << 12U |
                         (byte(at + 2) & 0x3FU) << 6U | (byte(at + 3) & 0x3FU);
  at += 4;
  return point;
}

}  // namespace minhu::text
