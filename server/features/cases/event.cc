#include "features/cases/event.h"

#include <algorithm>
#include <array>
#include <boost/json.hpp>

namespace minhu::cases {

namespace {

namespace json = boost::json;

constexpr std::array<std::string_view, 6> step_names{"start",  "meet", "pause",
                                                     "resume", "move", "stop"};

json::object to_json(const ContentRef& ref) {
  return {
      {"commitment", to_base64(ref.commitment)}, {"id", ref.id.text()}, {"role", name(ref.role)}};
}

json::object to_json(const ClockChange& change) {
  json::object object;
  if (change.by != 0) object["by"] = change.by;
  if (!change.calendar.empty()) object["calendar"] = change.calendar;
  if (change.citizen) object["citizen"] = true;
  if (change.due != Instant{}) object["due"] = change.due.unix_ms;
  if (!change.pack.empty()) object["pack"] = change.pack;
  if (change.provisional) object["provisional"] = true;
  object["rule"] = change.rule;
  if (change.started != Instant{}) object["started"] = change.started.unix_ms;
  object["step"] = step_names[static_cast<std::size_t>(change.step)];
  if (!change.unit.empty()) object["unit"] = change.unit.text();
  return object;
}

[[noreturn]] void damaged(std::string_view what) {
  throw StorageFailure("an event's payload is damaged: " + std::string(what));
}

std::string text_at(const json::object& object, std::string_view key) {
  const auto* value = object.if_contains(key);
  return value == nullptr ? std::string() : std::string(value->as_string());
}

Instant instant_at(const json::object& object, std::string_view key) {
  const auto* value = object.if_contains(key);
  return value == nullptr ? Instant{} : Instant{value->as_int64()};
}

ContentRef content_from(const json::object& object) {
  ContentRef ref;
  const auto id = ContentId::parse(text_at(object, "id"));
  const auto role = content_role_named(text_at(object, "role"));
  const auto commitment = from_base64(text_at(object, "commitment"));
  if (!id || !role || !commitment || commitment->size() != ref.commitment.size())
    damaged("content");
  ref.id = *id;
  ref.role = *role;
  std::copy(commitment->begin(), commitment->end(), ref.commitment.begin());
  return ref;
}

ClockChange clock_from(const json::object& object) {
  ClockChange change;
  const std::string step = text_at(object, "step");
  const auto found = std::find(step_names.begin(), step_names.end(), step);
  if (found == step_names.end()) damaged("clock");
  change.step = static_cast<ClockStep>(found - step_names.begin());
  change.rule = text_at(object, "rule");
  change.pack = text_at(object, "pack");
  change.calendar = text_at(object, "calendar");
  change.started = instant_at(object, "started");
  change.due = instant_at(object, "due");
  change.provisional = object.contains("provisional");
  change.citizen = object.contains("citizen");
  if (const auto* by = object.if_contains("by")) change.by = by->as_int64();
  if (object.contains("unit")) {
    const auto unit = UnitId::parse(text_at(object, "unit"));
    if (!unit) damaged("clock");
    change.unit = *unit;
  }
  return change;
}

}  // namespace

std::vector<std::string_view> words_in(std::string_view text) {
  std::vector<std::string_view> words;
  while (!text.empty()) {
    const auto end = std::min(text.find(' '), text.size());
    if (end > 0) words.push_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return words;
}

std::string payload_of(const Event& event) {
  json::object object;
  if (!event.clocks.empty()) {
    json::array clocks;
    for (const auto& change : event.clocks) clocks.push_back(to_json(change));
    object["clocks"] = std::move(clocks);
  }
  if (!event.contents.empty()) {
    json::array contents;
    for (const auto& ref : event.contents) contents.push_back(to_json(ref));
    object["contents"] = std::move(contents);
  }
  if (!event.facts.empty()) {
    json::object facts;
    for (const auto& [key, value] : event.facts) facts[key] = value;
    object["facts"] = std::move(facts);
  }
  return json::serialize(object);
}

void read_payload(std::string_view payload, Event& event) try {
  const json::value value = json::parse(payload);
  const json::object& object = value.as_object();
  if (const auto* clocks = object.if_contains("clocks")) {
    for (const auto& clock : clocks->as_array())
      event.clocks.push_back(clock_from(clock.as_object()));
  }
  if (const auto* contents = object.if_contains("contents")) {
    for (const auto& ref : contents->as_array()) {
      event.contents.push_back(content_from(ref.as_object()));
    }
  }
  if (const auto* facts = object.if_contains("facts")) {
    for (const auto& fact : facts->as_object()) {
      event.facts.emplace(fact.key(), fact.value().as_string());
    }
  }
} catch (const StorageFailure&) {
  throw;
} catch (const std::exception& error) {  // the library throws more than its own kind
  damaged(error.what());
}

}  // namespace minhu::cases
