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

}  // namespace minhu::http
