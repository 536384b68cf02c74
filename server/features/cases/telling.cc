#include "features/cases/telling.h"

#include <algorithm>
#include <array>

namespace minhu::cases {

namespace {

constexpr std::array<std::string_view, 16> order{"public_answer", "request",
                                                 "facts",         "opinion",
                                                 "basis",         "reason",
                                                 "law",           "body",
                                                 "other_road",    "speakers_own_limit",
                                                 "duty",          "public_plan",
                                                 "agreement",     "notice",
                                                 "words",         "of"};

std::size_t place_in_order(std::string_view field) {
  return static_cast<std::size_t>(std::find(order.begin(), order.end(), field) - order.begin());
}

}  // namespace

std::string say_day(const catalogue::Catalogue& say, Date day, Date today) {
  const std::chrono::year_month_day ymd(day);
  const bool this_year = ymd.year() == std::chrono::year_month_day(today).year();
  const std::string month = std::to_string(static_cast<unsigned>(ymd.month()));
  return say.say(this_year ? "residents.date" : "residents.date_year",
                 {{"year", std::to_string(static_cast<int>(ymd.year()))},
                  {"month", say.say("residents.month." + month)},
                  {"day", std::to_string(static_cast<unsigned>(ymd.day()))}});
}

std::string Telling::outcome(const Event& event) const {
  const auto said = event.fact("outcome");
  return said.empty() ? std::string() : say.say("residents.outcome." + std::string(said));
}

std::string Telling::sentence(const Event& event) const {
  const auto unit_fact =
      event.fact("review_unit").empty() ? event.fact("unit") : event.fact("review_unit");
  const auto unit = UnitId::parse(unit_fact);
  const auto solved = event.fact("solved");
  catalogue::Details details{
      {"unit", unit ? unit_name(*unit) : std::string()},
      {"line", std::string(event.fact("line"))},
      {"days", std::string(event.fact("days"))},
      {"outcome", outcome(event)},
      {"solved",
       solved.empty() ? std::string() : say.say("residents.solved." + std::string(solved))}};
  if (const auto day = parse_date(event.fact("review_on"))) {
    details["date"] = say_day(say, *day, today);
  }
  std::string key = "residents.event." + std::string(name(event.kind));
  if (solved.empty() && event.kind == EventKind::callback_done) {
    key = event.fact("reached") == "no_call_wished" ? "residents.event.callback_no_call"
                                                    : "residents.event.callback_unreachable";
  }
  if (solved.empty() && event.kind == EventKind::still_solved_called) {
    key = "residents.event.still_solved_unreachable";
  }
  // A whole name and not the telephone of somebody who is called back.
  if (event.kind == EventKind::identity_revealed && event.fact("what") == "identity") {
    key = "residents.event.identity_seen";
  }
  if (event.fact("corrects") == "yes") key = "residents.event.words_corrected";
  for (const std::string_view what : {"no_calls", "publication_allowed", "publication_refused"}) {
    if (event.fact("what") == what) key = "residents.event." + std::string(what);
  }
  return say.say(key, details);
}

std::string Telling::actor(const Event& event) const {
  switch (event.actor.role) {
    case accounts::Role::anyone:
    case accounts::Role::speaker:
      return say.say("residents.actor.you");
    case accounts::Role::system:
      return say.say("residents.actor.system");
    default: {
      std::string unit = unit_name(event.actor.unit);
      return unit.empty() ? say.say("residents.actor.office") : unit;
    }
  }
}

// One field can mean another thing in another step: what was told on the way is no answer yet.
std::string Telling::label(const Event& event, const std::string& field) const {
  const std::string own = "residents.field." + std::string(name(event.kind)) + "." + field;
  return say.say(say.has(own) ? own : "residents.field." + field);
}

std::string Telling::state_sentence(const CaseView& view) const {
  const CaseFile& file = view.file;
  const UnitId has_it = file.lead_unit.empty() ? file.dispatching_unit : file.lead_unit;
  std::string line;
  for (const TimelineEntry& entry : view.timeline) {
    if (entry.event.kind == EventKind::sent_to_emergency) line = entry.event.fact("line");
  }
  return say.say("residents.state." + std::string(name(file.state)),
                 {{"unit", unit_name(has_it)}, {"line", line}});
}

std::vector<TextOfEvent> in_reading_order(std::vector<TextOfEvent> texts) {
  std::sort(texts.begin(), texts.end(), [](const auto& a, const auto& b) {
    return place_in_order(a.field) < place_in_order(b.field);
  });
  return texts;
}

}  // namespace minhu::cases
