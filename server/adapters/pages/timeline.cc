#include "adapters/pages/timeline.h"

#include <algorithm>

#include "adapters/pages/dates.h"
#include "features/cases/names.h"

namespace minhu::pages {

namespace {

using cases::EventKind;
using cases::TimelineEntry;

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

void show_texts(const Teller& teller, const TimelineEntry& entry, templates::Values& values) {
  for (const auto& text : cases::in_reading_order(entry.texts)) {
    values.add("TEXT")
        .set("LABEL", teller.telling().label(entry.event, text.field))
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

cases::Telling Teller::telling() const {
  return {say, today, [this](UnitId id) { return unit_name(id); }};
}

std::string Teller::state_sentence(const cases::CaseView& view) const {
  return telling().state_sentence(view);
}

void Teller::show_answer(const cases::CaseView& view, templates::Values& values) const {
  const TimelineEntry* answer = latest_answer(view);
  if (answer == nullptr || answer->texts.empty()) return;
  templates::Values& box = values.add("ANSWER");
  box.set("OUTCOME", telling().outcome(answer->event));
  box.set("WHEN", say_moment(say, answer->event.happened_at, today, county.rules.zone));
  box.set("WHO", telling().actor(answer->event));
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
    row.set("WHAT", telling().sentence(entry->event));
    row.set("WHEN", say_moment(say, entry->event.happened_at, today, county.rules.zone));
    row.set("WHO", telling().actor(entry->event));
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
    row.set("WHO", say.say("residents.track.opened_row", {{"unit", telling().actor(entry.event)}}));
    for (const auto& text : entry.texts) row.set("WHY", text.text);
  }
  values.show_if(!any, "NOBODY");
}

void Teller::show_name_requests(const cases::CaseView& view, templates::Values& values) const {
  std::vector<cases::Event> events;
  for (const auto& entry : view.timeline) events.push_back(entry.event);
  templates::Values* list = nullptr;
  for (const cases::NameRequest& request : cases::name_requests(events, now)) {
    if (request.state == cases::NameRequestState::used) continue;  // stands among the looks
    const auto asked = std::find_if(
        view.timeline.begin(), view.timeline.end(),
        [&](const cases::TimelineEntry& entry) { return entry.event.seq == request.seq; });
    if (list == nullptr) list = &values.add("REQUESTS");
    templates::Values& row = list->add("REQUEST");
    row.set("WHEN", say_moment(say, request.asked_at, today, county.rules.zone));
    row.set("WHO",
            say.say("residents.track.opened_row", {{"unit", telling().actor(asked->event)}}));
    for (const auto& text : asked->texts) row.set("WHY", text.text);
    row.set("STATE", say.say("residents.looks.state." + std::string(cases::name(request.state))));
  }
}

}  // namespace minhu::pages
