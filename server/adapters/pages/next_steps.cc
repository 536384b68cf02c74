#include "adapters/pages/next_steps.h"

#include <algorithm>
#include <array>

#include "adapters/pages/dates.h"
#include "engines/deadlines/unit_names.h"

namespace minhu::pages {

namespace {

using deadlines::Rule;

bool met_by(const Rule& rule, std::string_view event) {
  return std::find(rule.met_by.begin(), rule.met_by.end(), event) != rule.met_by.end();
}

// After which later step a clock starts whose end the speaker sees, and what ends it.
struct Later {
  std::string_view start;
  std::string_view end;
};
constexpr std::array later{Later{"transferred", "accepted"}, Later{"dispatched", "answered"},
                           Later{"accepted", "answered"}, Later{"answered", "callback_done"}};

}  // namespace

std::vector<NextStep> next_steps(const cases::County& county, cases::Track track, Instant received,
                                 const catalogue::Catalogue& say) {
  const auto& book = county.rules;
  const Date today = to_date(received, book.zone);
  const bool english = deadline_language(say) == deadlines::Language::english;
  const auto step_of = [&](const Rule& rule, std::string when) {
    return NextStep{english ? rule.label_en : rule.label_zh, std::move(when),
                    say.say("residents.next.basis", {{"basis", rule.citation}})};
  };
  const auto ordinary = [](std::string_view fact) {
    return std::string_view(fact == "urgency" ? "ordinary" : "");
  };
  std::vector<NextStep> steps;
  for (const auto& found : book.started_by(cases::name(track), "received", today, ordinary)) {
    if (found.rule->side == deadlines::Side::citizen) continue;
    const auto due = deadlines::compute(*found.rule, book.calendar, received, book.zone);
    steps.push_back(step_of(
        *found.rule, say.say("residents.next.by", {{"date", say_day(say, due.last_day, today)}})));
  }
  for (const Later& one : later) {
    for (const auto& found : book.started_by(cases::name(track), one.start, today, ordinary)) {
      if (found.rule->side == deadlines::Side::citizen || !met_by(*found.rule, one.end)) continue;
      // Between offices: nothing that the speaker waits for.
      if (met_by(*found.rule, "objected")) continue;
      const std::string after = say.say("residents.next.after." + std::string(one.start));
      steps.push_back(
          step_of(*found.rule,
                  say.say("residents.next.within." + std::string(deadlines::name(found.rule->unit)),
                          {{"after", after}, {"amount", std::to_string(found.rule->amount)}})));
    }
  }
  return steps;
}

}  // namespace minhu::pages
