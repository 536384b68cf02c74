#include <boost/url.hpp>

#include "adapters/office_pages/form.h"
#include "adapters/office_pages/handlers.h"
#include "adapters/office_pages/page.h"

namespace minhu::office_pages {

namespace {

http::Response sign_in_page(const Office& office, const http::Request& request,
                            std::string_view next, std::string_view login, const Fault* fault) {
  Page page(office, request, nullptr);
  page.values().set("NEXT", next).set("LOGIN", login);
  if (fault != nullptr) {
    page.values().show("WRONG").set("WHY", page.wording().fault(*fault));
  }
  page.values().show_if(!request.query_value("out").empty(), "SIGNED_OUT");
  const auto provider = office.provider_names.find(page.wording().language());
  if (provider != office.provider_names.end()) {
    boost::urls::url address;
    address.set_path(std::string(accounts::openid_path));
    address.params().append({"next", std::string(next)});
    page.values()
        .show("PROVIDER")
        .set("PROVIDER_ADDRESS", std::string(address.buffer()))
        .set("PROVIDER_BUTTON",
             page.wording().say("office.sign_in.provider", {{"name", provider->second}}));
  }
  return page.answer("sign_in", page.wording().say("office.sign_in.title"),
                     fault == nullptr ? 200 : http::status_of(fault->code));
}

}  // namespace

http::Response show_sign_in(const Office& office, const http::Request& request) {
  return sign_in_page(office, request, local_address(request.query_value("next")), {}, nullptr);
}

http::Response sign_in(const Office& office, const http::Request& request) {
  // Another site must not sign somebody in here under an account of its own.
  if (accounts::comes_from_elsewhere(request)) {
    return refuse(office, request, {FaultCode::not_allowed, "accounts.foreign_request"});
  }
  const Instant now = office.installation.clock.now();
  const std::string next = local_address(request.form("next"));
  const std::string_view login = request.form("login");
  const auto comparison = office.guesses.compare(request.client);
  const auto token =
      comparison ? office.sessions.sign_in(
                       login, Sealed<std::string>(std::string(request.form("password"))), now)
                 : Result<std::string>(fail(FaultCode::unavailable, "accounts.busy"));
  if (!token) {
    http::Response wrong = sign_in_page(office, request, next, login, &token.error());
    if (token.error().code == FaultCode::unauthenticated) {
      wrong.hold = office.guesses.wrong(request.client, now);
    }
    return wrong;
  }
  office.guesses.right(request.client);
  // Whatever page comes next asks for the second factor, where it is owed.
  http::Response response = http::see_other(next);
  response.with("Set-Cookie", accounts::session_cookie_header(*token))
      .with("Cache-Control", "no-store");
  return response;
}

http::Response sign_out(const Office& office, const http::Request& request) {
  if (const auto seat = office.gate.admit_half_open(request); !seat) {
    return refuse(office, request, seat.error());
  }
  office.sessions.sign_out(request.cookie(accounts::session_cookie),
                           office.installation.clock.now());
  http::Response response = http::see_other("/office/sign-in?out=1");
  // Not "storage": what residents keep on this device under the same address (drafts, receipts) is
  // theirs, and these pages put nothing there.
  response.with("Set-Cookie", accounts::forget_session_header())
      .with("Clear-Site-Data", "\"cache\"")
      .with("Cache-Control", "no-store");
  return response;
}

DoorPages door_pages(const cases::Installation& installation,
                     const catalogue::Catalogues& catalogues,
                     const places_and_units::CountyProfile& county, accounts::Gate& gate,
                     accounts::Sessions& sessions, accounts::Guesses& guesses) {
  const auto office = std::make_shared<const Office>(
      open_office(installation, catalogues, county, gate, sessions, guesses, {}, {}));
  return {[office](const http::Request& request, const std::string& address) {
            Page page(*office, request, nullptr);
            page.values().set("ADDRESS", address);
            return page.answer("go_on", page.wording().say("office.go_on.title"))
                .with("Refresh", "0; url=" + address);
          },
          [office](const http::Request& request, const Fault& fault, const std::string& back) {
            Page page(*office, request, nullptr);
            const std::string why = page.wording().fault(fault);
            page.values().set("WHY", why).show("BACK").set("BACK_ADDRESS", back);
            return page.answer("refused", why, http::status_of(fault.code));
          }};
}

}  // namespace minhu::office_pages
