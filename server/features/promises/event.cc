#include "features/promises/event.h"

#include <boost/json.hpp>

#include "ports/storage.h"

namespace minhu::promises {

std::string payload_of(const Facts& facts) {
  boost::json::object object;
  for (const auto& [key, value] : facts) object[key] = value;
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
  throw StorageFailure("the payload of a promise's event is damaged: " + std::string(error.what()));
}

}  // namespace minhu::promises
