#include "features/classes/office_words.h"

#include <array>
#include <optional>
#include <vector>

#include "features/state_machine/given.h"

namespace minhu::classes {

namespace {

// 0 to 9 as people write them when they do not write them in ASCII.
constexpr std::array<std::u32string_view, 10> written{
    U"０〇零○", U"１一壹幺", U"２二贰两", U"３三叁", U"４四肆",
    U"５五伍",  U"６六陆",   U"７七柒",   U"８八捌", U"９九玖"};
constexpr std::u32string_view between = U" -.·－—–　\t()（）";
constexpr std::size_t most_between = 2;
constexpr std::size_t longest_sum = 13;

// Of valid UTF-8.
std::u32string characters_of(std::string_view text) {
  std::u32string characters;
  for (std::size_t at = 0; at < text.size();) {
    const auto lead = static_cast<unsigned char>(text[at]);
    const std::size_t length = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    char32_t character = length == 1 ? lead : lead & (0x7FU >> length);
    for (std::size_t i = 1; i < length; ++i) {
      character = character << 6 | (static_cast<unsigned char>(text[at + i]) & 0x3FU);
    }
    characters.push_back(character);
    at += length;
  }
  return characters;
}

std::optional<char> digit_of(char32_t character) {
  if (character >= U'0' && character <= U'9') return static_cast<char>(character);
  for (std::size_t i = 0; i < written.size(); ++i) {
    if (written[i].find(character) != std::u32string_view::npos) return static_cast<char>('0' + i);
  }
  return std::nullopt;
}

// Digits that stand together, with how they were parted: "2026-11-23" is {4, 2, 2}.
struct Run {
  std::string digits;
  std::vector<std::size_t> parts;
  bool ends_in_x = false;
};

std::vector<Run> runs_in(std::u32string_view text) {
  std::vector<Run> runs;
  Run run;
  std::size_t gap = 0;
  bool last_ascii = true;
  const auto finish = [&] {
    if (!run.digits.empty()) runs.push_back(std::move(run));
    run = {};
  };
  for (const char32_t character : text) {
    if (const auto digit = digit_of(character)) {
      // 张三138…: what is written otherwise begins a part of its own.
      const bool ascii = character < 0x80;
      if (run.digits.empty() || gap > 0 || ascii != last_ascii) run.parts.push_back(0);
      last_ascii = ascii;
      gap = 0;
      run.digits.push_back(*digit);
      ++run.parts.back();
    } else if (!run.digits.empty() && gap == 0 && (character == U'X' || character == U'x')) {
      run.ends_in_x = true;
      finish();
    } else if (!run.digits.empty() && between.find(character) != std::u32string_view::npos &&
               ++gap <= most_between) {
      continue;
    } else {
      gap = 0;
      finish();
    }
  }
  finish();
  return runs;
}

bool is_mobile(std::string_view digits) {
  return digits.size() == 11 && digits[0] == '1' && digits[1] >= '3';
}
bool is_landline(std::string_view digits) {
  // Area code with its 0 and seven or eight digits behind it.
  return digits.size() >= 10 && digits.size() <= 12 && digits[0] == '0' && digits[1] != '0';
}
bool is_date(const Run& run, std::size_t first) {
  return run.parts[first] == 4 && first + 2 < run.parts.size() && run.parts[first + 1] <= 2 &&
         run.parts[first + 2] <= 2;
}

bool is_personal(const Run& run) {
  // Each stretch of parts is looked at, because two numbers may stand side by side.
  std::size_t begin = 0;
  for (std::size_t first = 0; first < run.parts.size(); ++first) {
    std::string_view rest = std::string_view(run.digits).substr(begin);
    if (is_date(run, first)) {  // and what follows it is looked at by itself
      begin += run.parts[first] + run.parts[first + 1] + run.parts[first + 2];
      first += 2;
      continue;
    }
    std::size_t length = 0;
    for (std::size_t last = first; last < run.parts.size(); ++last) {
      if (last > first && is_date(run, last)) break;
      length += run.parts[last];
      const std::string_view digits = rest.substr(0, length);
      const bool unbroken = last == first;
      if (is_mobile(digits) || is_landline(digits)) return true;
      if (digits.size() == 13 && digits.starts_with("86") && is_mobile(digits.substr(2)))
        return true;
      // Identity cards have 15 or 18 digits, bank cards 16 to 19; nothing else that an office has
      // to say has so many in one piece.
      if (unbroken && digits.size() >= longest_sum) return true;
      if (digits.size() >= 15 && digits.size() <= 19 && run.parts[first] >= 4) return true;
      if (digits.size() == 17 && run.ends_in_x && last + 1 == run.parts.size()) return true;
    }
    begin += run.parts[first];
  }
  return false;
}

}  // namespace

bool holds_a_personal_number(std::string_view text) {
  for (const Run& run : runs_in(characters_of(text))) {
    if (is_personal(run)) return true;
  }
  return false;
}

Result<std::string> office_words(std::string_view text, std::string_view field, std::size_t most) {
  MINHU_TRY(
      std::string clean,
      state_machine::text_within(text, field, most, {"classes.field_missing", "classes.too_long"}));
  if (holds_a_personal_number(clean)) {
    return fail(FaultCode::invalid_input, "classes.personal_details", std::string(field));
  }
  return clean;
}

}  // namespace minhu::classes
