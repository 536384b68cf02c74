#include "adapters/pages/phone.h"

#include <array>

namespace minhu::pages {

namespace {

constexpr std::array<std::pair<std::string_view, char>, 24> spoken{{
    {"０", '0'}, {"１", '1'}, {"２", '2'}, {"３", '3'}, {"４", '4'}, {"５", '5'},
    {"６", '6'}, {"７", '7'}, {"８", '8'}, {"９", '9'}, {"〇", '0'}, {"零", '0'},
    {"一", '1'}, {"幺", '1'}, {"二", '2'}, {"两", '2'}, {"三", '3'}, {"四", '4'},
    {"五", '5'}, {"六", '6'}, {"七", '7'}, {"八", '8'}, {"九", '9'}, {"＋", '+'},
}};
constexpr std::array<std::string_view, 14> between{" ",      "-",  "(", ")", ".",  "\t", "\u3000",
                                                   "\u00A0", "－", "—", "–", "（", "）", "·"};

std::optional<std::string> digits_and_plus(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const char first = text.front();
    if ((first >= '0' && first <= '9') || first == '+') {
      out += first;
      text.remove_prefix(1);
      continue;
    }
    bool known = false;
    for (const auto& [form, digit] : spoken) {
      if (!text.starts_with(form)) continue;
      out += digit;
      text.remove_prefix(form.size());
      known = true;
      break;
    }
    for (const auto blank : between) {
      if (known || !text.starts_with(blank)) continue;
      text.remove_prefix(blank.size());
      known = true;
    }
    if (!known) return std::nullopt;
  }
  return out;
}

}  // namespace

std::optional<Phone> parse_phone(std::string_view text) {
  auto typed = digits_and_plus(text);
  if (!typed) return std::nullopt;
  std::string_view digits = *typed;
  for (const std::string_view prefix : {"+86", "0086"}) {
    if (digits.starts_with(prefix)) {
      digits.remove_prefix(prefix.size());
      break;
    }
  }
  if (digits.size() == 13 && digits.starts_with("86")) digits.remove_prefix(2);
  if (digits.find('+') != std::string_view::npos) return std::nullopt;
  const bool mobile = digits.size() == 11 && digits[0] == '1' && digits[1] >= '3';
  const bool with_area = digits.size() >= 10 && digits.size() <= 12 && digits[0] == '0';
  const bool local = (digits.size() == 7 || digits.size() == 8) && digits[0] >= '2';
  if (!mobile && !with_area && !local) return std::nullopt;
  return Phone{std::string(digits), mobile};
}

std::string dialable(std::string_view text) {
  std::string digits;
  for (const char c : text) {
    if ((c >= '0' && c <= '9') || c == '+') digits += c;
  }
  return digits;
}

std::string unbroken(std::string_view text) {
  std::string out;
  for (const char c : text) {
    out += c == ' ' ? "\u00A0" : std::string(1, c);
    if (c == '-') out += "\u2060";  // a line may end after a dash, but not before a word joiner
  }
  return out;
}

std::string mask_phone(std::string_view digits) {
  if (digits.size() < 7) return std::string(digits.size(), '*');
  return std::string(digits.substr(0, 3)) + "****" + std::string(digits.substr(digits.size() - 4));
}

}  // namespace minhu::pages
