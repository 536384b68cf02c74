#include "adapters/pages/timeline.h"

#include <algorithm>
#include <array>

#include "adapters/pages/dates.h"

namespace minhu::pages {

namespace {

using cases::EventKind;
using cases::TimelineEntry;

// The order in which the texts of one event are read.
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

bool is_answer(EventKind kind) {
  return kind == EventKind::answered || kind == EventKind::answered_on_spot ||
         kind == EventKind::review_answered || kind == EventKind::recheck_answered;
}

const TimelineEntry* latest_answer(const cases::CaseView& view) {
  if (!view.file.answered_at) return nullptr;  // sent back or opened again: there is none now
  const auto found =
      std::find_if(view.timeline.rbegin(), view.timeline.rend(),
                   [](const TimelineEntry& entry) { return is_answer(entry.event.kind); });
  return found == view.timeline.rend() ? nullptr : &*found;
}

std::string outcome_word(const catalogue::Catalogue& say, const cases::Event& event) {
  const auto outcome = event.fact("outcome");
  return outcome.empty() ? std::string() : say.say("residents.outcome." + std::string(outcome));
}

std::string sentence_of(const Teller& teller, const cases::Event& event) {
  const auto& say = teller.say;
  const auto unit_fact =
      event.fact("review_unit").empty() ? event.fact("unit") : event.fact("review_unit");
  const auto unit = UnitId::parse(unit_fact);
  const auto solved = event.fact("solved");
  catalogue::Details details{
      {"unit", unit ? teller.unit_name(*unit) : std::string()},
      {"line", std::string(event.fact("line"))},
      {"days", std::string(event.fact("days"))},
      {"outcome", outcome_word(say, event)},
      {"solved",
       solved.empty() ? std::string() : say.say("residents.solved." + std::string(solved))}};
  if (const auto day = parse_date(event.fact("review_on"))) {
    details["date"] = say_day(say, *day, teller.today);
  }
  std::string key = "residents.event." + std::string(cases::name(event.kind));
  if (solved.empty() && event.kind == EventKind::callback_done) {
    key = event.fact("reached") == "no_call_wished" ? "residents.event.callback_no_call"
                                                    : "residents.event.callback_unreachable";
  }
  if (solved.empty() && event.kind == EventKind::still_solved_called) {
    key = "residents.event.still_solved_unreachable";
  }
  return say.say(key, details);
}

std::string actor_of(const Teller& teller, const cases::Event& event) {
  switch (event.actor.role) {
    case accounts::Role::anyone:
    case accounts::Role::speaker:
      return teller.say.say("residents.actor.you");
    case accounts::Role::system:
      return teller.say.say("residents.actor.system");
    default: {
      const std::string name = teller.unit_name(event.actor.unit);
      return name.empty() ? teller.say.say("residents.actor.office") : name;
    }
  }
}

// One field can mean another thing in another step: what was told on the way is no answer yet.
std::string label_of(const Teller& teller, const cases::Event& event, const std::string& field) {
  const std::string own = "residents.field." + std::string(cases::name(event.kind)) + "." + field;
  return teller.say.say(teller.say.has(own) ? own : "residents.field." + field);
}

void show_texts(const Teller& teller, const TimelineEntry& entry, templates::Values& values) {
  auto texts = entry.texts;
  std::sort(texts.begin(), texts.end(), [](const auto& a, const auto& b) {
    return place_in_order(a.field) < place_in_order(b.field);
  });
  for (const auto& text : texts) {
    values.add("TEXT")
        .set("LABEL", label_of(teller, entry.event, text.field))
        .set("WORDS", text.text);
  }
}

}  // namespace

std::optional<places_and_units::Unit> Teller::unit(UnitId id) const {
  if (id.empty()) return std::nullopt;
  return places_and_units::find_unit(reading, county.region, id);
}

std::string Teller::unit_name(UnitId id) const {
  const auto found = unit(id);
  return found ? found->name : std::string();
}

std::string Teller::state_sentence(const cases::CaseView& view) const {
  const auto& file = view.file;
  const UnitId has_it = file.lead_unit.empty() ? file.dispatching_unit : file.lead_unit;
  std::string line;
  for (const auto& entry : view.timeline) {
    if (entry.event.kind == EventKind::sent_to_emergency) line = entry.event.fact("line");
  }
  return say.say("residents.state." + std::string(cases::name(file.state)),
                 {{"unit", unit_name(has_it)}, {"line", line}});
}

void Teller::show_answer(const cases::CaseView& view, templates::Values& values) const {
  const TimelineEntry* answer = latest_answer(view);
  if (answer == nullptr || answer->texts.empty()) return;
  templates::Values& box = values.add("ANSWER");
  box.set("OUTCOME", outcome_word(say, answer->event));
  box.set("WHEN", say_moment(say, answer->event.happened_at, today, county.rules.zone));
  box.set("WHO", actor_of(*this, answer->event));
  TimelineEntry rest = *answer;
  std::erase_if(rest.texts, [](const auto& text) { return text.field == "public_answer"; });
  for (const auto& text : answer->texts) {
    if (text.field == "public_answer") box.add("WORDS").set("TEXT", text.text);
  }
  show_texts(*this, rest, box);
}

void Teller::show_timeline(const cases::CaseView& view, templates::Values& values) const {
  const TimelineEntry* answer = latest_answer(view);
  for (auto entry = view.timeline.rbegin(); entry != view.timeline.rend(); ++entry) {
    templates::Values& row = values.add("ENTRY");
    row.set("WHAT", sentence_of(*this, entry->event));
    row.set("WHEN", say_moment(say, entry->event.happened_at, today, county.rules.zone));
    row.set("WHO", actor_of(*this, entry->event));
    if (&*entry != answer) show_texts(*this, *entry, row);  // it stands on top already
    for (const auto& attachment : entry->attachments) {
      templates::Values& file = row.add("FILE");
      file.set("ID", attachment.id.text());
      file.show(attachment.media_type.starts_with("image/")   ? "PICTURE"
                : attachment.media_type.starts_with("audio/") ? "SOUND"
                                                              : "OTHER");
    }
  }
}

void Teller::show_openings(const cases::CaseView& view, templates::Values& values) const {
  if (view.file.contact.empty()) {
    values.show("NO_CONTACT");
    return;
  }
  bool any = false;
  for (const auto& entry : view.timeline) {
    if (entry.event.kind != EventKind::identity_revealed) continue;
    any = true;
    templates::Values& row = values.add("OPENING");
    row.set("WHEN", say_moment(say, entry.event.happened_at, today, county.rules.zone));
    row.set("WHO", say.say("residents.track.opened_row", {{"unit", actor_of(*this, entry.event)}}));
    for (const auto& text : entry.texts) row.set("WHY", text.text);
  }
  values.show_if(!any, "NOBODY");
}

}  // namespace minhu::pages
