#include "adapters/pages/class_lines.h"

#include <algorithm>
#include <cmath>

#include "adapters/pages/dates.h"

namespace minhu::pages {

namespace {

using classes::LedgerLine;
using classes::PublicState;

// Where the dots stand in dumbbell.html, which is 360 wide: room for a number on either side.
constexpr double left = 44;
constexpr double width = 272;

std::optional<double> a_month(const LedgerLine& line, std::optional<std::int64_t> count) {
  if (!count || !line.months || *line.months <= 0) return std::nullopt;
  return static_cast<double>(*count) / static_cast<double>(*line.months);
}

void show_bell(const catalogue::Catalogue& say, double most, const LedgerLine& line,
               templates::Values& values) {
  const auto before = a_month(line, line.before);
  const auto after = a_month(line, line.after);
  if (!before || !after || most <= 0) return;
  const auto at = [&](double value) {
    return static_cast<std::int64_t>(std::lround(left + width * value / most));
  };
  const std::int64_t was = at(*before);
  const std::int64_t is = at(*after);
  const std::string before_text = recurrence::spoken(*before);
  const std::string after_text = recurrence::spoken(*after);
  // The numbers stand outside of the two dots, each on its own side.
  const bool fewer = is <= was;
  constexpr std::int64_t beside = 11;
  values.add("BELL")
      .set("LOW", std::min(was, is))
      .set("HIGH", std::max(was, is))
      .set("BEFORE_X", was)
      .set("AFTER_X", is)
      .set("BEFORE_TEXT_X", fewer ? was + beside : was - beside)
      .set("AFTER_TEXT_X", fewer ? is - beside : is + beside)
      .set("BEFORE_ANCHOR", fewer ? "start" : "end")
      .set("AFTER_ANCHOR", fewer ? "end" : "start")
      .set("BEFORE", before_text)
      .set("AFTER", after_text)
      .set("BELL_LABEL",
           say.say("residents.classes.bell", {{"before", before_text}, {"after", after_text}}));
}

// Done, or until when it should be: what everybody can hold an office to.
std::string said_of(const catalogue::Catalogue& say, Date today, const classes::Measure& measure) {
  const bool done = !measure.done_on.empty();
  const auto day = parse_date(done ? measure.done_on : measure.due);
  const char* key = done           ? "residents.classes.measure_done"
                    : *day < today ? "residents.classes.measure_overdue"
                                   : "residents.classes.measure_due";
  return say.say(key, {{"date", say_day(say, *day, today)}});
}

void show_plan(const catalogue::Catalogue& say, Date today, const KeptLine& kept,
               templates::Values& values) {
  if (kept.line.plan.empty()) return;
  templates::Values& plan = values.add("PLAN").set("TEXT", kept.line.plan);
  for (std::size_t at = 0; at < kept.line.measures.size(); ++at) {
    const classes::Measure& measure = kept.line.measures[at];
    plan.add("MEASURE")
        .set("TEXT", measure.text)
        .set("BY", kept.by[at])
        .set("WHEN", said_of(say, today, measure))
        .set("MOVES", say.say("residents.classes.measure_moves", {{"figure", measure.moves}}));
  }
}

}  // namespace

double most_a_month(const std::vector<KeptLine>& lines) {
  double most = 0;
  for (const KeptLine& kept : lines) {
    most = std::max({most, a_month(kept.line, kept.line.before).value_or(0),
                     a_month(kept.line, kept.line.after).value_or(0)});
  }
  return most;
}

void show_class(const catalogue::Catalogue& say, Date today, double most, const KeptLine& kept,
                templates::Values& values) {
  const LedgerLine& line = kept.line;
  const classes::PublishedClass& shown = line.published;
  const bool solved = shown.state == PublicState::solved;
  const Date since = solved && line.solved_on ? *line.solved_on : shown.since;
  values.set("NUMBER", shown.number)
      .set("TITLE", shown.title)
      .set("TEXT", shown.text)
      .set("WHERE", kept.where.empty() ? say.say("residents.classes.where_county") : kept.where)
      .set("WHEN", say.say(solved ? "residents.classes.solved_on" : "residents.classes.since",
                           {{"date", say_day(say, since, today)}}))
      .set("CASES", say.say("residents.classes.cases", {{"n", std::to_string(shown.cases)}}));
  if (!kept.lead_unit.empty()) {
    values.add("WHO").set("TEXT", say.say("residents.classes.led_by", {{"unit", kept.lead_unit}}));
  }
  if (!line.sponsor.empty()) {
    values.add("WHO").set("TEXT",
                          say.say("residents.classes.sponsored_by", {{"post", line.sponsor}}));
  }
  if (!line.baseline.empty()) values.add("BASELINE").set("TEXT", line.baseline);
  if (!line.reason.empty()) values.add("REFUSED").set("TEXT", line.reason);
  if (line.cause) {
    values.add("CAUSE").set(
        "TEXT", say.say("residents.classes.cause." + std::string(classes::name(*line.cause))));
  }
  show_plan(say, today, kept, values);
  show_bell(say, most, line, values);
  if (line.sentence) {
    values.add("SAYS").set("TEXT", say.say(line.sentence->key, line.sentence->details));
  }
  if (!line.permanent_kind.empty()) {
    values.add("KEPT")
        .set("KIND", say.say("residents.classes.kept." + line.permanent_kind))
        .set("TEXT", line.permanent_text)
        .set("LINK", line.permanent_link);
  }
  if (line.relapses > 0) {
    values.add("BACK").set(
        "TEXT", say.say("residents.classes.back", {{"n", std::to_string(line.relapses)}}));
  }
}

}  // namespace minhu::pages
