// The copy that a person takes away.
#include <array>
#include <boost/json.hpp>

#include "features/places_and_units/places_and_units.h"
#include "features/rights/rights.h"
#include "kernel/civil_time.h"

namespace minhu::rights {

namespace {

namespace json = boost::json;

// Facts of an event that say something to its speaker; the others are ids and inner workings.
constexpr std::array<std::string_view, 12> told_facts{
    "channel",      "category", "place", "urgency", "outcome", "solved",
    "satisfaction", "days",     "what",  "notice",  "reached", "may_be_called"};

json::string day_and_time(Instant at, const cases::County& county) {
  return json::string(format_instant(at, county.rules.zone));
}

json::value office(Reading& reading, const cases::County& county, UnitId id) {
  const auto unit =
      id.empty() ? std::nullopt : places_and_units::find_unit(reading, county.region, id);
  if (!unit) return nullptr;
  return json::object{{"code", unit->code}, {"name", unit->name}};
}

json::object event_object(Reading& reading, const cases::County& county,
                          const cases::TimelineEntry& entry) {
  const cases::Event& event = entry.event;
  json::object facts;
  for (const auto name : told_facts) {
    if (const auto value = event.fact(name); !value.empty()) facts[name] = value;
  }
  json::array texts;
  for (const auto& text : entry.texts) {
    texts.push_back(json::object{{"field", text.field}, {"text", text.text}});
  }
  json::array attachments;
  for (const auto& attachment : entry.attachments) {
    attachments.push_back(json::object{{"id", attachment.id.text()},
                                       {"media_type", attachment.media_type},
                                       {"bytes", attachment.size}});
  }
  return {{"number", event.seq},
          {"kind", cases::name(event.kind)},
          {"happened_at", day_and_time(event.happened_at, county)},
          {"recorded_at", day_and_time(event.recorded_at, county)},
          {"by", accounts::name(event.actor.role)},
          {"office", office(reading, county, event.actor.unit)},
          {"facts", std::move(facts)},
          {"texts", std::move(texts)},
          {"attachments", std::move(attachments)}};
}

json::value contact_object(const Stored& stored) {
  if (!stored.contact) return nullptr;
  const cases::Contact& contact =
      stored.contact->reveal_because("copied for the speaker, who asked for it");
  return json::object{{"name", contact.name},
                      {"phone", contact.phone},
                      {"address", contact.address},
                      {"way", contact.way},
                      {"language", contact.language}};
}

}  // namespace

std::string as_json(Reading& reading, const cases::County& county, const Stored& stored) {
  const cases::CaseFile& file = stored.view.file;
  json::array events;
  for (const auto& entry : stored.view.timeline) {
    events.push_back(event_object(reading, county, entry));
  }
  const std::string place = file.place.empty()
                                ? std::string()
                                : places_and_units::place_path(reading, county.region, file.place);
  const json::object copy{{"format", "minhu-copy/v1"},
                          {"county", county.name},
                          {"number", cases::show_number(file.number)},
                          {"received_at", day_and_time(file.received_at, county)},
                          {"track", cases::name(file.track)},
                          {"channel", cases::name(file.channel)},
                          {"state", cases::name(file.state)},
                          {"category", file.category},
                          {"place", json::object{{"code", file.place}, {"name", place}}},
                          {"said", json::object{{"title", stored.view.said.title},
                                                {"text", stored.view.said.text},
                                                {"place", stored.view.said.place_words}}},
                          {"contact", contact_object(stored)},
                          {"may_be_called", file.may_be_called},
                          {"may_be_published", stored.publication.allowed},
                          {"privacy_notice", stored.notice},
                          {"erased", file.erased},
                          {"events", std::move(events)}};
  return json::serialize(copy) + "\n";
}

}  // namespace minhu::rights
