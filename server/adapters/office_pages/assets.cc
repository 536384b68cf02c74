#include "adapters/office_pages/handlers.h"
#include "adapters/office_pages/page.h"

namespace minhu::office_pages {

http::Response style_sheet(const Office& office, const http::Request& request) {
  if (request.captures.empty() || request.captures.front() != office.style_name) {
    return refuse(office, request, {FaultCode::not_found, "office.page_not_found"});
  }
  http::Response response{200, {}, std::string(office.style), {}};
  response.with("Content-Type", "text/css; charset=utf-8")
      .with("Cache-Control", "public, max-age=31536000, immutable");
  return response;
}

http::Response choose_language(const Office& office, const http::Request& request) {
  if (accounts::comes_from_elsewhere(request)) {
    return refuse(office, request, {FaultCode::not_allowed, "accounts.foreign_request"});
  }
  const std::string& language = office.catalogues.of(request.form("language")).language();
  const std::string_view back = request.form("back");
  http::Response response =
      http::see_other(back == "/office/sign-in" ? std::string(back) : local_address(back));
  response
      .with("Set-Cookie", std::string(language_cookie) + "=" + language +
                              "; Path=/; Max-Age=31536000; SameSite=Lax; Secure; HttpOnly")
      .with("Cache-Control", "no-store");
  return response;
}

}  // namespace minhu::office_pages
