#include "features/insight/period.h"

#include <fmt/format.h>

#include <charconv>

namespace minhu::insight {

namespace {

// Months counted from year 0; a business month takes the second piece of the month before.
Piece first_piece(Piece month, Scheme scheme) {
  return month * 2 - (scheme == Scheme::business ? 1 : 0);
}

Period months(std::string name, Piece first, Piece count, Scheme scheme) {
  return {std::move(name), scheme, first_piece(first, scheme),
          first_piece(first + count, scheme) - 1};
}

Period one_month(Piece month, Scheme scheme) {
  return months(fmt::format("{:04}-{:02}", month / 12, month % 12 + 1), month, 1, scheme);
}

Piece month_in(Date day, Scheme scheme) {
  const Piece piece = piece_of(day);
  return scheme == Scheme::business ? (piece + 1) / 2 : piece / 2;
}

std::optional<Piece> number(std::string_view text, Piece least, Piece most) {
  Piece value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  if (value < least || value > most) return std::nullopt;
  return value;
}

}  // namespace

std::string_view name(Scheme scheme) noexcept {
  return scheme == Scheme::business ? "business" : "calendar";
}

std::optional<Scheme> scheme_named(std::string_view text) noexcept {
  if (text.empty() || text == "calendar") return Scheme::calendar;
  if (text == "business") return Scheme::business;
  return std::nullopt;
}

Result<Period> period_named(std::string_view text, Scheme scheme) {
  const auto year = number(text.substr(0, std::min<std::size_t>(4, text.size())), 1990, 2200);
  if (year && text.size() == 4) return months(std::string(text), *year * 12, 12, scheme);
  if (year && text.size() == 7 && text[4] == '-') {
    if (text[5] == 'Q') {
      if (const auto quarter = number(text.substr(6), 1, 4)) {
        return months(std::string(text), *year * 12 + (*quarter - 1) * 3, 3, scheme);
      }
    } else if (const auto month = number(text.substr(5), 1, 12)) {
      return one_month(*year * 12 + *month - 1, scheme);
    }
  }
  return fail(FaultCode::invalid_input, "insight.bad_period", "period");
}

std::vector<Period> months_of(const Period& period) {
  std::vector<Period> all;
  const Piece shift = period.scheme == Scheme::business ? 1 : 0;
  for (Piece piece = period.first; piece <= period.last; piece += 2) {
    all.push_back(one_month((piece + shift) / 2, period.scheme));
  }
  return all;
}

Period year_of(Date day, Scheme scheme) {
  const Piece year = month_in(day, scheme) / 12;
  return months(std::to_string(year), year * 12, 12, scheme);
}

Period month_of(Date day, Scheme scheme) {
  return one_month(month_in(day, scheme), scheme);
}

Period quarter_of(Date day, Scheme scheme) {
  const Piece quarter = month_in(day, scheme) / 3;
  return months(fmt::format("{:04}-Q{}", quarter / 4, quarter % 4 + 1), quarter * 3, 3, scheme);
}

std::vector<Period> months_up_to(Date day, int count, Scheme scheme) {
  std::vector<Period> all;
  const Piece latest = month_in(day, scheme);
  for (Piece month = latest - count + 1; month <= latest; ++month) {
    all.push_back(one_month(month, scheme));
  }
  return all;
}

}  // namespace minhu::insight
