#include "adapters/office_pages/handlers.h"
#include "adapters/office_pages/page.h"

namespace minhu::office_pages {

namespace {

using http::Body;
using http::Method;
using PublicPage = http::Response (*)(const Office&, const http::Request&);
using OfficePage = http::Response (*)(const Office&, const http::Request&,
                                      const accounts::Account&);

constexpr std::uint64_t nothing = 0;
constexpr std::uint64_t short_form = std::uint64_t{16} * 1024;
constexpr std::uint64_t long_form = std::uint64_t{1024} * 1024;
constexpr std::uint64_t form_with_files = std::uint64_t{200} * 1024 * 1024;  // ten of twenty MiB

}  // namespace

std::vector<http::Route> routes(const cases::Installation& installation,
                                const catalogue::Catalogues& catalogues,
                                const places_and_units::CountyProfile& county, accounts::Gate& gate,
                                accounts::Sessions& sessions, accounts::Guesses& guesses,
                                TakeUpload take_upload, accounts::ProviderNames provider_names) {
  const auto office = std::make_shared<const Office>(
      open_office(installation, catalogues, county, gate, sessions, guesses, std::move(take_upload),
                  std::move(provider_names)));

  const auto open = [&](Method method, std::string_view pattern, Body body, std::uint64_t limit,
                        PublicPage page) {
    return http::Route{
        method,   pattern,
        "public", body,
        limit,    [office, page](const http::Request& request) { return page(*office, request); }};
  };
  const auto line = [&](Method method, std::string_view pattern, std::string_view permission,
                        Body body, std::uint64_t limit, OfficePage page) {
    return http::Route{method,
                       pattern,
                       permission,
                       body,
                       limit,
                       [office, permission, page](const http::Request& request) {
                         const auto who = office->gate.admit(request, permission);
                         if (!who) return refuse(*office, request, who.error());
                         return page(*office, request, *who);
                       }};
  };
  // Pages that a half-open session may have: each looks at the session itself.
  const auto half_open = [&](Method method, std::string_view pattern, Body body,
                             std::uint64_t limit, PublicPage page) {
    http::Route route = open(method, pattern, body, limit, page);
    route.permission = "session:finish";
    return route;
  };
  // Who may read a case may try a step of it: which ones are theirs, the table of edges says.
  return {
      open(Method::get, "/office/assets/{name}", Body::none, nothing, style_sheet),
      open(Method::post, "/office/language", Body::form, short_form, choose_language),
      open(Method::get, "/office/sign-in", Body::none, nothing, show_sign_in),
      open(Method::post, "/office/sign-in", Body::form, short_form, sign_in),
      half_open(Method::get, "/office/second-factor", Body::none, nothing, show_second_factor),
      half_open(Method::post, "/office/second-factor", Body::form, short_form, present_code),
      half_open(Method::post, "/office/sign-out", Body::form, short_form, sign_out),
      open(Method::get, "/office/invitation", Body::none, nothing, show_invitation),
      open(Method::post, "/office/invitation", Body::form, short_form, accept_invitation),
      line(Method::get, "/office", "session:own", Body::none, nothing, show_queue),
      line(Method::get, "/office/find", "case:read", Body::none, nothing, find_case),
      line(Method::get, "/office/cases/{id}", "case:read", Body::none, nothing, show_case),
      line(Method::get, "/office/cases/{id}/files/{content}", "case:read", Body::none, nothing,
           show_file),
      line(Method::post, "/office/cases/{id}/steps/{kind}", "case:read", Body::form,
           form_with_files, take_step),
      line(Method::post, "/office/cases/{id}/reveal", "case:reveal_phone", Body::form, short_form,
           reveal_phone),
      line(Method::get, "/office/print/{paper}", "case:read", Body::none, nothing, show_papers),
      line(Method::get, "/office/receive", "case:receive", Body::none, nothing, show_receive),
      line(Method::post, "/office/receive", "case:receive", Body::form, form_with_files,
           receive_words),
      line(Method::get, "/office/rules", "session:own", Body::none, nothing, show_rules),
      line(Method::post, "/office/rules", "session:own", Body::form, long_form, try_rules),
  };
}

}  // namespace minhu::office_pages
