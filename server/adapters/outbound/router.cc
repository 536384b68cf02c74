#include "adapters/outbound/router.h"

#include <algorithm>

#include "adapters/outbound/mail.h"
#include "kernel/utf8.h"

namespace minhu::outbound {

namespace {

bool is_telephone(std::string_view text) {
  if (text.starts_with('+')) text.remove_prefix(1);
  const auto digits =
      std::count_if(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
  return digits >= 3 && digits <= 20 && text.size() <= 24 &&
         std::all_of(text.begin(), text.end(),
                     [](char c) { return (c >= '0' && c <= '9') || c == '-' || c == ' '; });
}

bool is_postal(std::string_view text) {
  const auto lines = std::count(text.begin(), text.end(), '\n');
  return !text.empty() && text.size() <= 500 && lines < 10 && clean_text(text).has_value();
}

}  // namespace

bool is_address(OutboundWay way, std::string_view address) noexcept {
  switch (way) {
    case OutboundWay::sms:
    case OutboundWay::voice:
      return is_telephone(address);
    case OutboundWay::mail:
      return is_mail_address(address);
    case OutboundWay::paper:
      return is_postal(address);
  }
  return false;
}

Outcome Router::send(const OutboundMessage& message) {
  if (!is_address(message.way, message.address.reveal_because("whether it can be one"))) {
    return fail(FaultCode::invalid_input, "outbound.bad_address");
  }
  const auto found = ways_.find(message.way);
  return (found == ways_.end() ? otherwise_ : found->second)->send(message);
}

}  // namespace minhu::outbound
