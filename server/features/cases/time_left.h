// How much time a case has left, counted as the rule of the date counts: hours, calendar days or
// working days of the county. Pure.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "features/cases/case_file.h"
#include "features/cases/context.h"

namespace minhu::cases {

enum class TimeUnit : std::uint8_t { none, paused, hours, days, working_days };
// How near it is; shown as a colour, always beside the words that say the same.
enum class Nearness : std::uint8_t { none, calm, soon, late };
std::string_view name(TimeUnit) noexcept;
std::string_view name(Nearness) noexcept;

struct TimeLeft {
  TimeUnit unit = TimeUnit::none;  // none: nothing is owed; paused: something is, later
  std::int64_t count = 0;          // 0 and not over: today, or within this hour
  bool over = false;
  Nearness nearness = Nearness::none;
  std::optional<Instant> due;
};

TimeLeft time_left(const County& county, const RunningClock& clock, Instant now);
// Of the earliest duty of ours that runs.
TimeLeft time_left(const County& county, const CaseFile& file, Instant now);

}  // namespace minhu::cases
