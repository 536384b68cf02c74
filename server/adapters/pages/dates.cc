#include "adapters/pages/dates.h"

#include "features/cases/telling.h"

namespace minhu::pages {

namespace {

catalogue::Details parts_of(const catalogue::Catalogue& say, Date day) {
  const std::chrono::year_month_day ymd(day);
  const std::string month = std::to_string(static_cast<unsigned>(ymd.month()));
  return {{"year", std::to_string(static_cast<int>(ymd.year()))},
          {"month", say.say("residents.month." + month)},
          {"day", std::to_string(static_cast<unsigned>(ymd.day()))}};
}

}  // namespace

std::string say_day(const catalogue::Catalogue& say, Date day, Date today) {
  return cases::say_day(say, day, today);
}

std::string say_moment(const catalogue::Catalogue& say, Instant moment, Date today,
                       FixedZone zone) {
  // 2026-11-23T15:42:00… holds the clock's time at a fixed place.
  const std::string time = " " + format_instant(moment, zone).substr(11, 5);
  return say.say("residents.moment",
                 {{"date", say_day(say, to_date(moment, zone), today)}, {"time", time}});
}

std::string say_month(const catalogue::Catalogue& say, Date day) {
  return say.say("residents.month_of_year", parts_of(say, day));
}

deadlines::Language deadline_language(const catalogue::Catalogue& say) {
  return say.language() == "en" ? deadlines::Language::english : deadlines::Language::chinese;
}

}  // namespace minhu::pages
