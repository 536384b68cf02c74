#include "adapters/office_pages/timeline.h"

#include <algorithm>
#include <array>

#include "features/cases/edges.h"

namespace minhu::office_pages {

namespace {

using cases::EventKind;
using cases::Form;

// Facts that the program adds to what a step's fields bring, and what they are.
struct AddedFact {
  EventKind kind;
  std::string_view name;
  Form form;
};
constexpr std::array added_facts{
    AddedFact{EventKind::received, "channel", Form::choice},
    AddedFact{EventKind::received, "track", Form::choice},
    AddedFact{EventKind::received, "place", Form::place},
    AddedFact{EventKind::callback_attempted, "part_of_day", Form::choice},
    AddedFact{EventKind::review_requested, "review_unit", Form::unit},
    AddedFact{EventKind::recheck_requested, "review_unit", Form::unit},
    AddedFact{EventKind::clock_recomputed, "because", Form::choice},
    AddedFact{EventKind::identity_revealed, "what", Form::choice},
};

std::optional<Form> form_of(EventKind kind, std::string_view fact) {
  for (const cases::Edge& edge : cases::edges()) {
    if (edge.kind != kind) continue;
    for (const cases::Field& field : edge.fields) {
      if (field.name == fact) return field.form;
    }
  }
  for (const AddedFact& added : added_facts) {
    if (added.kind == kind && added.name == fact) return added.form;
  }
  return std::nullopt;
}

// Where a field stands in its form, so that the record reads in the order in which it was written.
std::size_t place_in_form(EventKind kind, std::string_view name) {
  for (const cases::Edge& edge : cases::edges()) {
    if (edge.kind != kind) continue;
    const auto found = std::find_if(edge.fields.begin(), edge.fields.end(),
                                    [&](const cases::Field& field) { return field.name == name; });
    if (found != edge.fields.end()) return static_cast<std::size_t>(found - edge.fields.begin());
  }
  return 0;
}

std::string choice_text(const Wording& wording, std::string_view fact, const std::string& value) {
  if (fact == "rule_used") return value;
  if (fact == "channel") {
    return wording.of(cases::named<cases::Channel>(value).value_or(cases::Channel::web));
  }
  if (fact == "track") {
    return wording.of(cases::named<cases::Track>(value).value_or(cases::Track::petition));
  }
  return wording.choice(fact, value);
}

std::string name_in(const std::map<std::string, std::string>& names, const std::string& code) {
  const auto found = names.find(code);
  return found == names.end() || found->second.empty() ? code : found->second;
}

// Empty: nothing that a person could read.
std::string fact_text(const Wording& wording, const CaseData& data, Form form,
                      std::string_view fact, const std::string& value) {
  switch (form) {
    case Form::words:
      return {};  // stands below, as a text
    case Form::choice:
      return choice_text(wording, fact, value);
    case Form::unit:
      return data.unit_name(UnitId::parse(value).value_or(UnitId()));
    case Form::other_case: {
      const auto found = data.numbers.find(cases::CaseId::parse(value).value_or(cases::CaseId()));
      return found == data.numbers.end() ? std::string() : found->second;
    }
    case Form::place:
      return name_in(data.place_names, value);
    case Form::category:
      return name_in(data.category_names, value);
    case Form::flag:
      return wording.say("office.yes");
    case Form::official:
      return {};  // whom a case accuses, and who stays out of it, stands in no list of happenings
    case Form::date:
    case Form::count:
      return value;
  }
  return {};
}

std::string size_text(std::int64_t bytes) {
  constexpr std::int64_t kilobyte = 1024;
  constexpr std::int64_t megabyte = kilobyte * 1024;
  if (bytes >= megabyte) {
    const std::int64_t tenths = bytes * 10 / megabyte;
    return std::to_string(tenths / 10) + '.' + std::to_string(tenths % 10) + " MB";
  }
  return std::to_string(std::max<std::int64_t>(bytes / kilobyte, 1)) + " KB";
}

void put_file(templates::Values& values, const Wording& wording, cases::CaseId id,
              const cases::AttachmentOfEvent& file) {
  const std::string_view type = file.media_type;
  const bool image = type.starts_with("image/");
  const std::string_view kind = image                        ? "image"
                                : type.starts_with("audio/") ? "audio"
                                : type.starts_with("video/") ? "video"
                                                             : "document";
  const std::string address = "/office/cases/" + id.text() + "/files/" + file.id.text();
  auto& shown = values.add("FILE");
  shown.set("ADDRESS", address)
      .set("NAME", wording.say("office.file.size",
                               {{"kind", wording.say("office.file." + std::string(kind))},
                                {"size", size_text(file.size)}}))
      .show_if(image, "IMAGE")
      .show_if(type.starts_with("audio/"), "AUDIO");
}

std::string actor_text(const Wording& wording, const CaseData& data,
                       const accounts::Principal& actor) {
  // The office and the role, never the person: what is measured and answered for is the office's.
  if (actor.role == accounts::Role::anyone) return wording.of(accounts::Role::speaker);
  const std::string unit = data.unit_name(actor.unit);
  return unit.empty() ? wording.of(actor.role) : unit + " · " + wording.of(actor.role);
}

void put_entry(templates::Values& values, const Wording& wording, FixedZone zone,
               const CaseData& data, const cases::TimelineEntry& entry, bool is_new) {
  const cases::Event& event = entry.event;
  auto& shown = values.add("EVENT");
  shown.set("STEP_NAME", wording.step(event.kind))
      .set("ACTOR", actor_text(wording, data, event.actor))
      .set("WHEN", moment(event.happened_at, zone))
      .show_if(is_new, "NEW")
      .show_if(!cases::shown_to_speaker(event.kind), "INSIDE");
  for (const auto& [fact, value] : event.facts) {
    const auto form = form_of(event.kind, fact);
    if (!form) continue;
    const std::string text = fact_text(wording, data, *form, fact, value);
    if (text.empty()) continue;
    shown.add("FACT").set("LABEL", wording.field(event.kind, fact)).set("VALUE", text);
  }
  std::vector<cases::TextOfEvent> texts = entry.texts;
  std::stable_sort(texts.begin(), texts.end(), [&](const auto& a, const auto& b) {
    return place_in_form(event.kind, a.field) < place_in_form(event.kind, b.field);
  });
  for (const cases::TextOfEvent& text : texts) {
    auto& written = shown.add("WRITTEN");
    written.set("LABEL", wording.field(event.kind, text.field)).set("WORDS", text.text);
    if (text.role == cases::ContentRole::words) {
      written.set("READER", "speaker");
      continue;
    }
    const bool speaker_reads =
        cases::shown_to_speaker(event.kind) && cases::may_read(cases::Reader::speaker, text.role);
    written.set("READER", speaker_reads ? "public" : "internal")
        .show("READ_BY")
        .set("READER_NAME",
             wording.say(speaker_reads ? "office.case.speaker_sees" : "office.case.office_sees"));
  }
  if (event.kind == EventKind::received) return;  // shown with the words
  for (const auto& file : entry.attachments) put_file(shown, wording, data.view.file.id, file);
}

}  // namespace

void put_timeline(templates::Values& values, const Wording& wording, FixedZone zone,
                  const CaseData& data, std::optional<std::int64_t> read_up_to) {
  const auto& timeline = data.view.timeline;
  for (auto entry = timeline.rbegin(); entry != timeline.rend(); ++entry) {
    put_entry(values, wording, zone, data, *entry, read_up_to && entry->event.seq > *read_up_to);
  }
}

void put_speakers_files(templates::Values& values, const Wording& wording, const CaseData& data) {
  if (data.view.timeline.empty()) return;
  // In a section of their own: entries of the timeline without files would show these otherwise.
  auto& with_words = values.add("WITH_WORDS");
  for (const auto& file : data.view.timeline.front().attachments) {
    put_file(with_words, wording, data.view.file.id, file);
  }
}

}  // namespace minhu::office_pages
