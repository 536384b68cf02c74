#include "features/visits/event.h"

#include <boost/json.hpp>

#include "ports/storage.h"

namespace minhu::visits {

bool is_about_a_group(EventKind kind) noexcept {
  return kind >= EventKind::booked && kind <= EventKind::left;
}

std::string payload_of(const Event& event) {
  boost::json::object object;
  for (const auto& [key, value] : event.facts) object[key] = value;
  return boost::json::serialize(object);
}

Facts facts_in(std::string_view payload) try {
  Facts facts;
  const boost::json::value value = boost::json::parse(payload);
  for (const auto& fact : value.as_object()) {
    facts.emplace(fact.key(), fact.value().as_string());
  }
  return facts;
} catch (const boost::system::system_error& error) {
  throw StorageFailure("the payload of a visit's event is damaged: " + std::string(error.what()));
}

}  // namespace minhu::visits
