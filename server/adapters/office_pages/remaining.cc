#include "adapters/office_pages/remaining.h"

namespace minhu::office_pages {

namespace {

using cases::TimeUnit;

std::string_view key_of(const cases::TimeLeft& left) {
  switch (left.unit) {
    case TimeUnit::none:
      return "office.left.none";
    case TimeUnit::paused:
      return "office.left.paused";
    case TimeUnit::hours:
      if (left.count == 0) return left.over ? "office.over.last_hour" : "office.left.last_hour";
      return left.over ? "office.over.hours" : "office.left.hours";
    case TimeUnit::days:
      if (left.count == 0) return "office.left.today";
      return left.over ? "office.over.days" : "office.left.days";
    case TimeUnit::working_days:
      return left.over ? "office.over.working_days" : "office.left.working_days";
  }
  return "office.left.none";
}

}  // namespace

std::string_view css_class(Tone tone) noexcept {
  return cases::name(tone);
}

Remaining remaining_time(const cases::County& county, const cases::CaseFile& file, Instant now) {
  const cases::TimeLeft left = cases::time_left(county, file, now);
  return {left.nearness, std::string(key_of(left)), left.count, left.due};
}

}  // namespace minhu::office_pages
