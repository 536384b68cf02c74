#include "adapters/office_pages/wording.h"

namespace minhu::office_pages {

std::string Wording::named(std::string_view area, std::string_view name) const {
  return catalogue_.say("office." + std::string(area) + '.' + std::string(name));
}

deadlines::Language Wording::deadline_language() const {
  return language() == "zh-CN" ? deadlines::Language::chinese : deadlines::Language::english;
}

std::string Wording::of(cases::State state) const {
  return named("state", cases::name(state));
}
std::string Wording::of(cases::Track track) const {
  return named("track", cases::name(track));
}
std::string Wording::of(cases::Channel channel) const {
  return named("channel", cases::name(channel));
}
std::string Wording::of(cases::Part part) const {
  return named("part", cases::name(part));
}
std::string Wording::of(accounts::Role role) const {
  return named("role", accounts::name(role));
}
std::string Wording::step(cases::EventKind kind) const {
  return named("step", cases::name(kind));
}

std::string Wording::step_hint(cases::EventKind kind) const {
  const std::string key = "office.step_hint." + std::string(cases::name(kind));
  return catalogue_.has(key) ? catalogue_.say(key) : std::string();
}

std::string Wording::field(cases::EventKind kind, std::string_view field) const {
  const std::string own =
      "office.field." + std::string(cases::name(kind)) + '.' + std::string(field);
  return catalogue_.has(own) ? catalogue_.say(own) : named("field", field);
}

std::string Wording::field(std::string_view field) const {
  return named("field", field);
}

std::string Wording::choice(std::string_view field, std::string_view value) const {
  return named("choice", std::string(field) + '.' + std::string(value));
}

std::string Wording::fault(const Fault& fault, std::string_view label) const {
  catalogue::Details details = fault.details;
  if (!label.empty()) details["field"] = label;
  const std::string own = "office.fault." + fault.key;
  if (catalogue_.has(own)) return catalogue_.say(own, details);
  if (catalogue_.has(fault.key)) return catalogue_.say(fault.key, details);
  return catalogue_.say("office.something_refused");
}

std::string moment(Instant instant, FixedZone zone) {
  std::string text = format_instant(instant, zone).substr(0, 16);
  text[10] = ' ';
  return text;
}

std::string day(Instant instant, FixedZone zone) {
  return format_date(to_date(instant, zone));
}

}  // namespace minhu::office_pages
