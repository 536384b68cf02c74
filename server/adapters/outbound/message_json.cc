#include "adapters/outbound/message_json.h"

#include <boost/json.hpp>

namespace minhu::outbound {

std::string_view name(OutboundWay way) noexcept {
  switch (way) {
    case OutboundWay::sms:
      return "sms";
    case OutboundWay::mail:
      return "mail";
    case OutboundWay::voice:
      return "voice";
    case OutboundWay::paper:
      return "paper";
  }
  return "sms";
}

std::string to_json(const OutboundMessage& message) {
  return boost::json::serialize(boost::json::object{
      {"id", message.id},
      {"way", name(message.way)},
      {"address", message.address.reveal_because("the gateway must know where it goes")},
      {"title", message.title},
      {"text", message.text}});
}

}  // namespace minhu::outbound
