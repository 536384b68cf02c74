// Messages to a gateway of the county (SMS, voice) by one signed HTTP request each.
//
//   POST URL
//   Content-Type: application/json
//   Idempotency-Key: ID
//   Minhu-Signature: t=UNIX_SECONDS,v1=HEX
//
//   {"id": …, "way": "sms", "address": …, "title": …, "text": …}
//
// v1 is HMAC-SHA-256, under the shared key, of the ASCII text UNIX_SECONDS + "." followed by the
// bytes of the body. A receiver refuses what was signed more than 300 seconds before or after its
// own clock, compares in constant time, and drops an id that it has seen: a message that was sent
// twice, by us or by somebody who listened, then arrives once.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/outbound/networks.h"
#include "ports/clock.h"
#include "ports/outbound.h"

namespace minhu::outbound {

struct WebhookSettings {
  std::string url;                // https, or http to this machine alone
  Sealed<std::string> key;        // shared with the receiver, at least 32 bytes
  std::vector<Network> networks;  // where the receiver may be; empty: anywhere (networks.h)
  std::string authorities;        // a file of certificates in place of the system's; may be empty
};

// The value of Minhu-Signature.
std::string signature(const Sealed<std::string>& key, std::int64_t unix_seconds,
                      std::string_view body);

class Webhook final : public Outbound {
 public:
  // Fault invalid_input outbound.bad_settings (details: reason).
  static Result<Webhook> make(WebhookSettings settings, const Clock& clock);

  // 2xx: taken over. 400, 410, 422: never (invalid_input outbound.address_refused). Everything
  // else, redirects and silence included: unavailable outbound.not_reached.
  Outcome send(const OutboundMessage& message) override;

 private:
  Webhook(WebhookSettings settings, AllowedMachines machines, const Clock& clock)
      : settings_(std::move(settings)), machines_(std::move(machines)), clock_(&clock) {}

  WebhookSettings settings_;
  AllowedMachines machines_;
  const Clock* clock_;
};

}  // namespace minhu::outbound
