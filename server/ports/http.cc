#include "ports/http.h"

namespace minhu::http {

Response html(std::string body, int status) {
  Response response{status, {}, std::move(body), {}};
  response.with("Content-Type", "text/html; charset=utf-8");
  return response;
}

Response json(std::string body, int status) {
  Response response{status, {}, std::move(body), {}};
  response.with("Content-Type", "application/json");
  return response;
}

Response see_other(std::string location) {
  Response response{303, {}, {}, {}};
  response.with("Location", std::move(location));
  return response;
}

int status_of(FaultCode code) noexcept {
  switch (code) {
    case FaultCode::invalid_input:
      return 400;
    case FaultCode::unauthenticated:
      return 401;
    case FaultCode::not_allowed:
      return 403;
    case FaultCode::not_found:
      return 404;
    case FaultCode::conflict:
      return 409;
    case FaultCode::gone:
      return 410;
    case FaultCode::too_large:
      return 413;
    case FaultCode::unsupported_media:
      return 415;
    case FaultCode::too_many:
      return 429;
    case FaultCode::unavailable:
      return 503;
    case FaultCode::out_of_storage:
      return 507;
  }
  return 500;
}

}  // namespace minhu::http
