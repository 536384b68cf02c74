#include "adapters/office_pages/remaining.h"

#include <algorithm>

namespace minhu::office_pages {

namespace {

constexpr std::int64_t hour_ms = 3'600'000;
constexpr std::int64_t soon_days = 3;
constexpr std::int64_t soon_hours = 4;

Remaining in_hours(std::int64_t left_ms) {
  if (left_ms < 0) {
    const std::int64_t over = -left_ms / hour_ms;
    return {Tone::late, over == 0 ? "office.over.last_hour" : "office.over.hours", over, {}};
  }
  const std::int64_t left = left_ms / hour_ms;
  if (left == 0) return {Tone::soon, "office.left.last_hour", 0, {}};
  return {left <= soon_hours ? Tone::soon : Tone::calm, "office.left.hours", left, {}};
}

Remaining in_days(const deadlines::Calendar& calendar, Date today, Date last, bool working) {
  if (today == last) return {Tone::soon, "office.left.today", 0, {}};
  const bool over = today > last;
  const Date from = std::min(today, last);
  const Date to = std::max(today, last);
  const std::int64_t working_days = working ? calendar.working_days_between(from, to) : 0;
  // A weekend alone between the two holds no working day, but the days are there.
  const bool count_working = working_days > 0;
  const std::int64_t n = count_working ? working_days : (to - from).count();
  if (over) {
    return {Tone::late, count_working ? "office.over.working_days" : "office.over.days", n, {}};
  }
  return {n <= soon_days ? Tone::soon : Tone::calm,
          count_working ? "office.left.working_days" : "office.left.days",
          n,
          {}};
}

}  // namespace

std::string_view css_class(Tone tone) noexcept {
  switch (tone) {
    case Tone::none:
      return "none";
    case Tone::calm:
      return "calm";
    case Tone::soon:
      return "soon";
    case Tone::late:
      return "late";
  }
  return "none";
}

Remaining remaining_time(const cases::County& county, const cases::CaseFile& file, Instant now) {
  const cases::RunningClock* clock = cases::next_due(file);
  if (clock == nullptr) {
    const bool paused =
        std::any_of(file.clocks.begin(), file.clocks.end(), [](const cases::RunningClock& each) {
          return each.paused_at && !each.met_at && !each.citizen;
        });
    return {Tone::none, paused ? "office.left.paused" : "office.left.none", 0, {}};
  }
  const deadlines::Rule* rule = county.rules.find(clock->pack, clock->rule);
  const auto unit = rule == nullptr ? deadlines::Unit::calendar_days : rule->unit;
  const bool by_the_hour = unit == deadlines::Unit::hours || unit == deadlines::Unit::working_hours;
  Remaining left = by_the_hour ? in_hours(clock->due.unix_ms - now.unix_ms)
                               : in_days(county.rules.calendar, to_date(now, county.rules.zone),
                                         to_date(clock->due, county.rules.zone),
                                         unit == deadlines::Unit::working_days);
  left.due = clock->due;
  return left;
}

}  // namespace minhu::office_pages
