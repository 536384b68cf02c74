#include "adapters/pages/cookies.h"

namespace minhu::pages {

void set_cookie(const http::Request& request, http::Response& response, const Cookie& cookie) {
  std::string header(cookie.name);
  header += '=';
  header += cookie.value;
  header += "; Path=";
  header += cookie.path;
  header += "; Max-Age=" + std::to_string(cookie.seconds) + "; HttpOnly; SameSite=Strict";
  if (request.secure) header += "; Secure";
  response.with("Set-Cookie", std::move(header));
}

}  // namespace minhu::pages
