#include "engines/merkle/history.h"

#include <fmt/format.h>

#include <algorithm>

namespace minhu::merkle {

namespace {

constexpr std::string_view signature_line = "\xE2\x80\x94 ";  // U+2014 and a blank

}  // namespace

std::string history_path(Date day) {
  const std::chrono::year_month_day date(day);
  return fmt::format("history/{:04}/{:02}/{:02}", static_cast<int>(date.year()),
                     static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
}

Date day_of(std::uint64_t seconds) {
  constexpr std::uint64_t year_9999 = 253'402'300'799;
  return std::chrono::floor<std::chrono::days>(
      std::chrono::sys_seconds(std::chrono::seconds(std::min(seconds, year_9999))));
}

HistoryDay parse_history(std::string_view text) {
  HistoryDay day;
  while (day.whole < text.size()) {
    // A note ends with the last of its signature lines, which stand behind its empty line.
    const std::size_t empty_line = text.find("\n\n", day.whole);
    if (empty_line == std::string_view::npos) break;
    std::size_t end = empty_line + 2;
    while (text.substr(end).starts_with(signature_line)) {
      const std::size_t line_end = text.find('\n', end);
      if (line_end == std::string_view::npos) return day;
      end = line_end + 1;
    }
    if (end == empty_line + 2) break;
    day.notes.emplace_back(text.substr(day.whole, end - day.whole));
    day.whole = end;
  }
  return day;
}

}  // namespace minhu::merkle
