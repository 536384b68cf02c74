#include "adapters/http_beast/admission.h"

#include <algorithm>

#include "adapters/http_beast/header_value.h"
#include "adapters/http_beast/target.h"

namespace minhu::http_beast {

namespace {

tl::unexpected<Refused> wrong_content_type() {
  return refuse(Fault(FaultCode::unsupported_media, "http.wrong_content_type"));
}

bool is_utf8(const HeaderValue& type) {
  const std::string* charset = type.parameter("charset");
  return charset == nullptr || equal_ignoring_case(*charset, "utf-8");
}

// Fills kind and boundary.
OrRefused<BodyPlan> plan_body(const Head& head, http::Body wanted) {
  BodyPlan plan;
  plan.length = head.content_length;
  plan.may_spool = wanted != http::Body::form_in_memory;
  if (wanted == http::Body::none || !head.has_body()) return plan;

  // A compressed body can grow a thousandfold behind every limit.
  const std::string_view coding = head.request.header("content-encoding");
  if (!coding.empty() && !equal_ignoring_case(coding, "identity")) return wrong_content_type();
  if (wanted == http::Body::text) {
    plan.kind = BodyKind::text;
    return plan;
  }
  const std::string_view content_type = head.request.header("content-type");
  const auto type = parse_header_value(content_type);
  if (!type || !is_utf8(*type)) return wrong_content_type();

  if (wanted == http::Body::json) {
    if (type->value != "application/json" && !type->value.ends_with("+json")) {
      return wrong_content_type();
    }
    plan.kind = BodyKind::text;
  } else if (type->value == "application/x-www-form-urlencoded") {
    plan.kind = BodyKind::urlencoded;
  } else if (const auto boundary = boundary_of(content_type)) {
    plan.kind = BodyKind::multipart;
    plan.boundary = *boundary;
  } else {
    return wrong_content_type();
  }
  return plan;
}

std::uint64_t limit_of(const BodyPlan& plan, const http::Route& route, const Limits& limits) {
  switch (plan.kind) {
    case BodyKind::none:
      return 0;
    case BodyKind::urlencoded:
      return std::min<std::uint64_t>(route.body_limit, limits.urlencoded_bytes);
    case BodyKind::text:
    case BodyKind::multipart:
      return route.body_limit;
  }
  return 0;
}

}  // namespace

OrRefused<Admission> admit(Head& head, const Router& router, const Limits& limits) {
  if (head.target.size() > limits.target_bytes) {
    return tl::unexpected(Refused(414, Fault(FaultCode::too_large, "http.target_too_long")));
  }
  auto target = parse_target(head.target);
  if (!target) return refuse(std::move(target).error());
  head.request.path = std::move(target->path);
  head.request.query = std::move(target->query);
  // RFC 9112 lets the target win; we rather take nothing that two readers understand differently.
  if (!target->authority.empty() &&
      !equal_ignoring_case(target->authority, head.request.header("host"))) {
    return malformed("http.bad_host");
  }

  Router::Match match = router.find(head.method, head.request.path);
  if (match.route == nullptr) {
    if (match.allow.empty()) return refuse(Fault(FaultCode::not_found, "http.no_such_page"));
    Refused refused(405, Fault(FaultCode::invalid_input, "http.method_not_allowed"));
    refused.allow = std::move(match.allow);
    return tl::unexpected(std::move(refused));
  }
  head.request.captures = std::move(match.captures);

  auto plan = plan_body(head, match.route->body);
  if (!plan) return tl::unexpected(std::move(plan).error());
  plan->limit = limit_of(*plan, *match.route, limits);
  if (plan->length.value_or(0) > plan->limit) return refuse(body_too_large(plan->limit));
  return Admission{match.route, std::move(*plan)};
}

}  // namespace minhu::http_beast
