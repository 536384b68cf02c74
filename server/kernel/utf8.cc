#include "kernel/utf8.h"

#include <cstdint>

namespace minhu {

namespace {

// Length of the well-formed sequence at the front of `text`, or 0 (Unicode 15, table 3-7).
std::size_t sequence_length(std::string_view text) noexcept {
  const auto byte = [&](std::size_t i) { return static_cast<std::uint8_t>(text[i]); };
  const auto continuation = [&](std::size_t i, unsigned low = 0x80, unsigned high = 0xBF) {
    return i < text.size() && byte(i) >= low && byte(i) <= high;
  };
  const unsigned lead = byte(0);
  if (lead < 0x80) return 1;
  if (lead >= 0xC2 && lead <= 0xDF) return continuation(1) ? 2 : 0;
  if (lead >= 0xE0 && lead <= 0xEF) {
    const unsigned low = lead == 0xE0 ? 0xA0 : 0x80;
    const unsigned high = lead == 0xED ? 0x9F : 0xBF;
    return continuation(1, low, high) && continuation(2) ? 3 : 0;
  }
  if (lead >= 0xF0 && lead <= 0xF4) {
    const unsigned low = lead == 0xF0 ? 0x90 : 0x80;
    const unsigned high = lead == 0xF4 ? 0x8F : 0xBF;
    return continuation(1, low, high) && continuation(2) && continuation(3) ? 4 : 0;
  }
  return 0;
}

bool starts_code_point(char c) noexcept {
  return (static_cast<std::uint8_t>(c) & 0xC0U) != 0x80U;
}

bool is_blank(std::string_view text, std::size_t& length) noexcept {
  constexpr std::string_view blanks[] = {" ", "\t", "\n", "\u3000", "\u00A0", "\uFEFF"};
  for (const auto blank : blanks) {
    if (text.starts_with(blank)) {
      length = blank.size();
      return true;
    }
  }
  return false;
}

}  // namespace

bool is_valid_utf8(std::string_view text) noexcept {
  while (!text.empty()) {
    const std::size_t length = sequence_length(text);
    if (length == 0) return false;
    text.remove_prefix(length);
  }
  return true;
}

std::size_t code_points(std::string_view text) noexcept {
  std::size_t count = 0;
  for (const char c : text) count += starts_code_point(c) ? 1U : 0U;
  return count;
}

std::string_view first_code_points(std::string_view text, std::size_t count) noexcept {
  std::size_t end = 0;
  while (end < text.size()) {
    if (starts_code_point(text[end])) {
      if (count == 0) break;
      --count;
    }
    ++end;
  }
  return text.substr(0, end);
}

Result<std::string> clean_text(std::string_view text) {
  if (!is_valid_utf8(text)) return fail(FaultCode::invalid_input, "kernel.not_utf8");
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '\r') {
      out.push_back('\n');
      if (i + 1 < text.size() && text[i + 1] == '\n') ++i;
    } else if ((static_cast<std::uint8_t>(c) < 0x20 && c != '\t' && c != '\n') || c == 0x7F) {
      return fail(FaultCode::invalid_input, "kernel.control_character");
    } else {
      out.push_back(c);
    }
  }
  std::size_t length = 0;
  std::string_view kept = out;
  while (is_blank(kept, length)) kept.remove_prefix(length);
  for (bool trimmed = true; trimmed && !kept.empty();) {
    trimmed = false;
    std::size_t last = kept.size() - 1;
    while (last > 0 && !starts_code_point(kept[last])) --last;
    if (is_blank(kept.substr(last), length)) {
      kept.remove_suffix(kept.size() - last);
      trimmed = true;
    }
  }
  return std::string(kept);
}

}  // namespace minhu
