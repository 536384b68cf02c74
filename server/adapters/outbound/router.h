// The one Outbound of the program: each message to the adapter of its way.
#pragma once

#include <map>
#include <memory>
#include <string_view>

#include "ports/outbound.h"

namespace minhu::outbound {

// Whether an address could be one of its way, whatever carries it: a telephone number of digits, a
// mail address, a postal address of one to 500 bytes on up to ten lines.
bool is_address(OutboundWay way, std::string_view address) noexcept;

class Router final : public Outbound {
 public:
  // `otherwise` takes every way without an entry.
  Router(std::map<OutboundWay, std::shared_ptr<Outbound>> ways, std::shared_ptr<Outbound> otherwise)
      : ways_(std::move(ways)), otherwise_(std::move(otherwise)) {}

  // Fault invalid_input outbound.bad_address before anything is sent; else what the adapter says.
  Outcome send(const OutboundMessage& message) override;

 private:
  std::map<OutboundWay, std::shared_ptr<Outbound>> ways_;
  std::shared_ptr<Outbound> otherwise_;
};

}  // namespace minhu::outbound
