// What leaves the house, as JSON: the same for the spool and the webhook.
#pragma once

#include <string>
#include <string_view>

#include "ports/outbound.h"

namespace minhu::outbound {

std::string_view name(OutboundWay way) noexcept;  // "sms", "mail", "voice", "paper"
std::string to_json(const OutboundMessage& message);

}  // namespace minhu::outbound
