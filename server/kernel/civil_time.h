// Points in time and days of the calendar. Nothing here reads a clock (ports/clock.h does).
#pragma once

#include <chrono>
#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

#include "kernel/result.h"

namespace minhu {

// A point in time: milliseconds since 1970-01-01T00:00Z, the form in which every time is stored.
struct Instant {
  std::int64_t unix_ms = 0;
  auto operator<=>(const Instant&) const = default;
};

// A day of the civil calendar, without a zone.
using Date = std::chrono::sys_days;

// A day and a time of that day as the wall clock of one zone shows them.
struct CivilTime {
  Date date;
  std::chrono::milliseconds since_midnight{};
  auto operator<=>(const CivilTime&) const = default;
};

// A zone with one offset all year. China has had one, UTC+8, since 1991; places with summer time
// need a zone adapter.
struct FixedZone {
  std::chrono::minutes offset{480};
};
inline constexpr FixedZone china_standard_time{};

CivilTime to_civil(Instant instant, FixedZone zone = china_standard_time);
Instant to_instant(CivilTime time, FixedZone zone = china_standard_time);
Date to_date(Instant instant, FixedZone zone = china_standard_time);
Instant start_of_day(Date date, FixedZone zone = china_standard_time);

std::string format_date(Date date);  // 2026-11-23
std::string format_instant(Instant instant,
                           FixedZone zone = china_standard_time);  // 2026-11-23T15:42:00.000+08:00

// Accepts 2026-11-23, 2026/11/23 and 2026.11.23, one or two digits for month and day. Fault
// kernel.not_a_date.
Result<Date> parse_date(std::string_view text);
// Accepts the above followed by a blank or T, H:MM[:SS[.mmm]], and optionally Z or ±HH:MM. Fault
// kernel.not_a_time.
Result<Instant> parse_instant(std::string_view text, FixedZone zone = china_standard_time);

}  // namespace minhu
