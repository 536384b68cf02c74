#include "features/cases/telephone.h"

namespace minhu::cases {

namespace {

constexpr std::size_t shortest = 7;
constexpr std::size_t longest = 12;
constexpr std::size_t of_a_mobile = 11;

// ０ to ９ lie from U+FF10: EF BC 90.
bool is_full_width_digit(std::string_view text) {
  return text.size() >= 3 && text.starts_with("\xEF\xBC") &&
         static_cast<unsigned char>(text[2]) >= 0x90 && static_cast<unsigned char>(text[2]) <= 0x99;
}

// As a Chinese keyboard writes them. The length in bytes of the one that `text` begins with, or 0.
std::size_t between_digits(std::string_view text) {
  for (const std::string_view mark : {"（", "）", "－", "—", "　", "＋"}) {
    if (text.starts_with(mark)) return mark.size();
  }
  return 0;
}

}  // namespace

std::string digits_of_telephone(std::string_view text) {
  std::string digits;
  while (!text.empty()) {
    const char c = text.front();
    if (is_full_width_digit(text)) {
      digits.push_back(static_cast<char>('0' + (static_cast<unsigned char>(text[2]) - 0x90)));
      text.remove_prefix(3);
      continue;
    }
    if (const std::size_t length = between_digits(text); length > 0) {
      text.remove_prefix(length);
      continue;
    }
    if (c >= '0' && c <= '9') {
      digits.push_back(c);
    } else if (std::string_view(" -.()+").find(c) == std::string_view::npos) {
      return {};
    }
    text.remove_prefix(1);
  }
  if (digits.starts_with("0086")) digits.erase(0, 4);
  if (digits.size() == of_a_mobile + 2 && digits.starts_with("86")) digits.erase(0, 2);
  return digits.size() < shortest || digits.size() > longest ? std::string() : digits;
}

bool is_mobile(std::string_view digits) noexcept {
  return digits.size() == of_a_mobile && digits.starts_with('1');
}

}  // namespace minhu::cases
