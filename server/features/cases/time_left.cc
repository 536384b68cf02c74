#include "features/cases/time_left.h"

#include <algorithm>
#include <array>

namespace minhu::cases {

namespace {

constexpr std::int64_t hour_ms = 3'600'000;
constexpr std::int64_t soon_days = 3;
constexpr std::int64_t soon_hours = 4;

TimeLeft in_hours(std::int64_t left_ms) {
  if (left_ms < 0) return {TimeUnit::hours, -left_ms / hour_ms, true, Nearness::late, {}};
  const std::int64_t left = left_ms / hour_ms;
  return {TimeUnit::hours, left, false, left <= soon_hours ? Nearness::soon : Nearness::calm, {}};
}

TimeLeft in_days(const deadlines::Calendar& calendar, Date today, Date last, bool working) {
  if (today == last) return {TimeUnit::days, 0, false, Nearness::soon, {}};
  const bool over = today > last;
  const Date from = std::min(today, last);
  const Date to = std::max(today, last);
  const std::int64_t working_days = working ? calendar.working_days_between(from, to) : 0;
  // A weekend alone between the two holds no working day, but the days are there.
  const bool count_working = working_days > 0;
  const std::int64_t count = count_working ? working_days : (to - from).count();
  return {count_working ? TimeUnit::working_days : TimeUnit::days,
          count,
          over,
          over                 ? Nearness::late
          : count <= soon_days ? Nearness::soon
                               : Nearness::calm,
          {}};
}

constexpr std::array<std::string_view, 5> unit_names{"none", "paused", "hours", "days",
                                                     "working_days"};
constexpr std::array<std::string_view, 4> nearness_names{"none", "calm", "soon", "late"};

}  // namespace

std::string_view name(TimeUnit unit) noexcept {
  return unit_names[static_cast<std::size_t>(unit)];
}
std::string_view name(Nearness nearness) noexcept {
  return nearness_names[static_cast<std::size_t>(nearness)];
}

TimeLeft time_left(const County& county, const RunningClock& clock, Instant now) {
  if (clock.met_at) return {};
  if (clock.paused_at) return {TimeUnit::paused, 0, false, Nearness::none, {}};
  const deadlines::Rule* rule = county.rules.find(clock.pack, clock.rule);
  const auto unit = rule == nullptr ? deadlines::Unit::calendar_days : rule->unit;
  const bool by_the_hour = unit == deadlines::Unit::hours || unit == deadlines::Unit::working_hours;
  TimeLeft left = by_the_hour ? in_hours(clock.due.unix_ms - now.unix_ms)
                              : in_days(county.rules.calendar, to_date(now, county.rules.zone),
                                        to_date(clock.due, county.rules.zone),
                                        unit == deadlines::Unit::working_days);
  left.due = clock.due;
  return left;
}

TimeLeft time_left(const County& county, const CaseFile& file, Instant now) {
  if (const RunningClock* clock = next_due(file)) return time_left(county, *clock, now);
  const bool paused = std::any_of(
      file.clocks.begin(), file.clocks.end(),
      [](const RunningClock& each) { return each.paused_at && !each.met_at && !each.citizen; });
  return {paused ? TimeUnit::paused : TimeUnit::none, 0, false, Nearness::none, {}};
}

}  // namespace minhu::cases
