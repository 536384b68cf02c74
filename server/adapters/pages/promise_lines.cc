#include "adapters/pages/promise_lines.h"

#include "adapters/pages/dates.h"

namespace minhu::pages {

std::string say_promised_day(const catalogue::Catalogue& say, const std::string& day, Date today) {
  constexpr std::size_t of_a_month = 7;  // "2026-06": only the month is told
  if (const auto month = parse_date(day.size() == of_a_month ? day + "-01" : "")) {
    return say_month(say, *month);
  }
  const auto date = parse_date(day);
  return date ? say_day(say, *date, today) : day;
}

std::string say_promise_state(const catalogue::Catalogue& say, promises::State state) {
  return say.say("residents.promises.state." + std::string(promises::name(state)));
}

void show_what_changed(const catalogue::Catalogue& say, Date today,
                       const std::vector<promises::DueChange>& changes, const std::string& reason,
                       templates::Values& values) {
  for (const promises::DueChange& change : changes) {
    values.add("MOVED").set("TEXT", say.say("residents.promises.moved_text",
                                            {{"from", say_promised_day(say, change.from, today)},
                                             {"to", say_promised_day(say, change.to, today)},
                                             {"reason", change.reason}}));
  }
  if (!reason.empty()) values.add("WHY").set("TEXT", reason);
}

}  // namespace minhu::pages
