#include "adapters/outbound/webhook.h"

#include <map>
#include <memory>

#include "adapters/outbound/curl_call.h"
#include "adapters/outbound/message_json.h"
#include "kernel/crypto.h"

namespace minhu::outbound {

namespace {

tl::unexpected<Fault> bad(std::string reason) {
  return fail(FaultCode::invalid_input, "outbound.bad_settings", std::string(),
              std::map<std::string, std::string>{{"reason", std::move(reason)}});
}

struct Url {
  std::string scheme;
  bool with_password = false;
};

Result<Url> parsed(const std::string& text) {
  const std::unique_ptr<CURLU, void (*)(CURLU*)> url(curl_url(), curl_url_cleanup);
  if (!url || curl_url_set(url.get(), CURLUPART_URL, text.c_str(), 0) != CURLUE_OK) {
    return bad("the address of the webhook is not a URL");
  }
  const auto part = [&](CURLUPart which) {
    char* value = nullptr;
    std::string result;
    if (curl_url_get(url.get(), which, &value, 0) == CURLUE_OK) result = value;
    curl_free(value);
    return result;
  };
  return Url{part(CURLUPART_SCHEME),
             !part(CURLUPART_USER).empty() || !part(CURLUPART_PASSWORD).empty()};
}

}  // namespace

std::string signature(const Sealed<std::string>& key, std::int64_t unix_seconds,
                      std::string_view body) {
  const std::string time = std::to_string(unix_seconds);
  const Digest digest = hmac_sha256(as_bytes(key.reveal_because("signs what goes to the gateway")),
                                    as_bytes(time + "." + std::string(body)));
  return "t=" + time + ",v1=" + to_hex(digest);
}

Result<Webhook> Webhook::make(WebhookSettings settings, const Clock& clock) {
  MINHU_TRY(const Url url, parsed(settings.url));
  if (url.scheme != "https" && url.scheme != "http") return bad("a webhook is https");
  if (url.with_password) return bad("a webhook is signed; its address holds no password");
  if (settings.key.reveal_because("its length").size() < 32) {
    return bad("the key of a webhook has at least 32 bytes");
  }
  // Without encryption nothing leaves this machine, whatever the name in the URL means today.
  AllowedMachines machines = url.scheme == "http" ? AllowedMachines::loopback()
                                                  : AllowedMachines::among(settings.networks);
  return Webhook(std::move(settings), std::move(machines), clock);
}

Outcome Webhook::send(const OutboundMessage& message) {
  const std::string body = to_json(message);
  CurlCall call(settings_.url, "http,https", machines_);
  call.set(CURLOPT_POST, 1L);
  call.set(CURLOPT_POSTFIELDS, body.data());
  call.set(CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(body.size()));
  if (!settings_.authorities.empty()) call.set(CURLOPT_CAINFO, settings_.authorities.c_str());
  for (const char c : message.id) {
    if (c < '!' || c > '~') return fail(FaultCode::invalid_input, "outbound.bad_id");
  }
  call.add_header("Content-Type: application/json");
  call.add_header("User-Agent: minhu");
  call.add_header("Expect:");
  call.add_header("Idempotency-Key: " + message.id);
  call.add_header("Minhu-Signature: " +
                  signature(settings_.key, clock_->now().unix_ms / 1000, body));
  call.perform();
  switch (const long status = call.status(); status) {
    case 400:
    case 410:
    case 422:
      return fail(FaultCode::invalid_input, "outbound.address_refused");
    default:
      if (status >= 200 && status < 300) return {};
      return fail(FaultCode::unavailable, "outbound.not_reached");
  }
}

}  // namespace minhu::outbound
