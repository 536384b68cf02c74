#include "features/cases/said.h"

#include <algorithm>
#include <boost/json.hpp>

#include "kernel/utf8.h"

namespace minhu::cases {

namespace {

constexpr std::size_t headline_length = 32;

void put(boost::json::object& object, std::string_view key, const std::string& value) {
  if (!value.empty()) object[key] = value;
}

std::string at(const boost::json::object& object, std::string_view key) {
  const auto* value = object.if_contains(key);
  return value == nullptr || !value->is_string() ? std::string() : std::string(value->get_string());
}

}  // namespace

std::string to_json(const Said& said) {
  boost::json::object object;
  put(object, "place", said.place_words);
  put(object, "text", said.text);
  put(object, "title", said.title);
  return boost::json::serialize(object);
}

Said said_of(std::string_view json) {
  const auto value = boost::json::parse(json);
  const auto& object = value.as_object();
  return {at(object, "title"), at(object, "text"), at(object, "place")};
}

std::string to_json(const Contact& contact) {
  boost::json::object object;
  put(object, "address", contact.address);
  put(object, "language", contact.language);
  put(object, "name", contact.name);
  put(object, "phone", contact.phone);
  put(object, "way", contact.way);
  return boost::json::serialize(object);
}

Contact contact_of(std::string_view json) {
  const auto value = boost::json::parse(json);
  const auto& object = value.as_object();
  return {at(object, "name"), at(object, "phone"), at(object, "address"), at(object, "way"),
          at(object, "language")};
}

std::string headline(const Said& said) {
  const std::string& from = said.title.empty() ? said.text : said.title;
  std::string line(first_code_points(from, headline_length));
  std::replace(line.begin(), line.end(), '\n', ' ');
  if (line.size() < from.size()) line += "…";
  return line;
}

}  // namespace minhu::cases
