#include "engines/text/number_walk.h"

#include <algorithm>

namespace minhu::text {

std::int64_t number_of(std::u32string_view digits) {
  std::int64_t value = 0;
  for (const char32_t point : digits) {
    if (point < U'0' || point > U'9') continue;
    if (value > 1'000'000'000'000) break;
    value = value * 10 + static_cast<std::int64_t>(point - U'0');
  }
  return value;
}

std::int64_t chinese_number(std::u32string_view text) {
  std::int64_t total = 0;
  std::int64_t section = 0;
  std::int64_t digit = 0;
  for (const char32_t point : text) {
    const std::size_t numeral = numerals.find(point);
    if (point == U'两') {
      digit = 2;
    } else if (numeral != std::u32string_view::npos) {
      digit = digit * 10 + (numeral == 0 ? 0 : static_cast<std::int64_t>(numeral) - 1);
      if (digit > 100'000'000) return 0;
    } else if (point == U'万' || point == U'亿') {
      section += digit;
      total =
          (total + std::max<std::int64_t>(section, 1)) * (point == U'万' ? 10'000 : 100'000'000);
      section = 0;
      digit = 0;
      if (total > 1'000'000'000'000'000) return 0;
    } else {
      const std::int64_t rank = point == U'十' ? 10 : point == U'百' ? 100 : 1000;
      section += std::max<std::int64_t>(digit, 1) * rank;
      digit = 0;
    }
  }
  return total + section + digit;
}

}  // namespace minhu::text
