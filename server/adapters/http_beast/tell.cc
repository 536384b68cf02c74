#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include <algorithm>

#include "adapters/http_beast/exception_class.h"
#include "adapters/http_beast/header_value.h"
#include "adapters/http_beast/service.h"

namespace minhu::http_beast {

namespace {

constexpr int seconds_until_a_retry = 5;

http::Response ask(const http::Refusal& refusal, const http::Request& request,
                   const Refused& refused) {
  try {
    return refusal(request, refused.status, refused.fault);
  } catch (...) {
    spdlog::error("http: the page of a refusal failed: {}", class_of_current_exception());
    return {};
  }
}

}  // namespace

http::Response tell(const http::Refusal& refusal, const http::Request& request,
                    const Refused& refused) {
  http::Response response = ask(refusal, request, refused);
  response.status = refused.status;
  if (!refused.allow.empty()) response.with("Allow", refused.allow);
  // Whoever says how long to wait says it once: of two a client believes neither.
  const bool says_when = std::any_of(
      response.headers.begin(), response.headers.end(),
      [](const auto& header) { return equal_ignoring_case(header.first, "Retry-After"); });
  if (refused.status == 503 && !says_when) {
    response.with("Retry-After", std::to_string(seconds_until_a_retry));
  }
  return response;
}

}  // namespace minhu::http_beast
