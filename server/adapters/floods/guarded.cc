#include "adapters/floods/guarded.h"

#include <algorithm>
#include <numeric>

namespace minhu::floods {

namespace {

std::uint64_t bytes_of(const http::Request& request) {
  return std::accumulate(request.parts.begin(), request.parts.end(),
                         std::uint64_t{request.body.size()},
                         [](std::uint64_t sum, const http::Part& part) { return sum + part.size; });
}

bool is_guarded(const http::Route& route) {
  const auto& patterns = guarded_patterns();
  return route.method == http::Method::post &&
         std::find(patterns.begin(), patterns.end(), route.pattern) != patterns.end();
}

http::Response wait(const http::Request& request, const Fault& why, const http::Refusal& refusal) {
  http::Response response = refusal(request, http::status_of(why.code), why);
  return response.with("Retry-After", why.details.at("seconds"));
}

}  // namespace

Outcome admit(Gate& gate, const Clock& clock, const http::Request& request) {
  const auto seconds = gate.pass(request.client, bytes_of(request), clock.now()).count();
  if (seconds == 0) return {};
  return tl::unexpected(Fault(
      FaultCode::too_many, "http.too_often", std::string(),
      {{"minutes", std::to_string((seconds + 59) / 60)}, {"seconds", std::to_string(seconds)}}));
}

const std::vector<std::string_view>& guarded_patterns() {
  static const std::vector<std::string_view> patterns{
      "/report/check",  // the draft keeps it
      "/api/v1/cases",
      "/api/v1/cases/with_files",
      "/api/v1/receipts/{number}/steps/supplemented",
  };
  return patterns;
}

std::vector<http::Route> guarded(std::vector<http::Route> routes, Gate& gate, const Clock& clock,
                                 const http::Refusal& refusal) {
  for (http::Route& route : routes) {
    if (!is_guarded(route)) continue;
    route.handle = [inner = std::move(route.handle), &gate, &clock,
                    refusal](const http::Request& request) {
      const Outcome admitted = admit(gate, clock, request);
      return admitted ? inner(request) : wait(request, admitted.error(), refusal);
    };
  }
  return routes;
}

}  // namespace minhu::floods
