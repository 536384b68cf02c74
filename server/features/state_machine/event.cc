#include "features/state_machine/event.h"

#include <boost/json.hpp>

#include "ports/storage.h"

namespace minhu::state_machine {

std::string payload_of(const Facts& facts) {
  boost::json::object object;
  for (const auto& [key, value] : facts) object[key] = value;
  return boost::json::serialize(object);
}

Facts facts_in(std::string_view payload, std::string_view of) {
  const auto damaged = [&] {
    return StorageFailure("the payload of an event of " + std::string(of) + " is damaged");
  };
  boost::system::error_code error;
  const boost::json::value value = boost::json::parse(payload, error);
  const boost::json::object* object = error ? nullptr : value.if_object();
  if (object == nullptr) throw damaged();
  Facts facts;
  for (const auto& fact : *object) {
    const boost::json::string* text = fact.value().if_string();
    if (text == nullptr) throw damaged();
    facts.emplace(fact.key(), *text);
  }
  return facts;
}

}  // namespace minhu::state_machine
