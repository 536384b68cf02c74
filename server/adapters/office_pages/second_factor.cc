#include "features/accounts/second_factor.h"

#include "adapters/office_pages/handlers.h"
#include "adapters/office_pages/page.h"
#include "engines/qr_code/qr_code.h"
#include "features/accounts/invitation.h"

namespace minhu::office_pages {

namespace {

// Whoever has a session that still owes the second factor; everybody else is sent on.
struct Owing {
  accounts::Seat seat;
  std::string next;
};
Result<Owing> owing(const Office& office, const http::Request& request) {
  MINHU_TRY(accounts::Seat seat, office.gate.admit_half_open(request));
  return Owing{std::move(seat),
               local_address(request.method == http::Method::get ? request.query_value("next")
                                                                 : request.form("next"))};
}

http::Response code_page(const Office& office, const http::Request& request, const Owing& owing,
                         const Fault* fault) {
  Page page(office, request, nullptr);
  page.values().set("NEXT", owing.next);
  if (fault != nullptr) {
    page.values().show("WRONG").set("WHY", page.wording().fault(*fault));
  }
  const bool enrolling = owing.seat.stage == accounts::Stage::enrolling;
  page.values().show_if(enrolling, "ENROLLING");
  // After a wrong code the secret that was scanned is still the one; a new one is a click away.
  page.values().show_if(enrolling && fault != nullptr, "SCANNED");
  if (enrolling && fault == nullptr) {
    const auto enrolment = accounts::begin_enrolment(office.sessions.ground(), owing.seat.account,
                                                     "民呼 " + office.county.name);
    if (!enrolment) return refuse(office, request, enrolment.error());
    const qr_code::Drawing drawing = qr_code::drawing_of(enrolment->uri);
    page.values()
        .show("QR")
        .set("SECRET", enrolment->secret)
        .set("QR_SIZE", std::to_string(drawing.size))
        .set_markup("QR_PATH", drawing.path);
  }
  return page.answer("second_factor", page.wording().say("office.second_factor.title"),
                     fault == nullptr ? 200 : http::status_of(fault->code));
}

http::Response signed_in(http::Response response, const std::string& token) {
  response.with("Set-Cookie", accounts::session_cookie_header(token))
      .with("Cache-Control", "no-store");
  return response;
}

http::Response invitation_page(const Office& office, const http::Request& request,
                               const Fault* fault) {
  Page page(office, request, nullptr);
  page.values()
      .set("TOKEN", request.form("token"))
      .set("LOGIN", request.form("login"))
      .set("NAME", request.form("display_name"));
  if (fault != nullptr) {
    page.values().show("WRONG").set("WHY", page.wording().fault(*fault));
  }
  return page.answer("invitation", page.wording().say("office.invitation.title"),
                     fault == nullptr ? 200 : http::status_of(fault->code));
}

}  // namespace

http::Response show_second_factor(const Office& office, const http::Request& request) {
  const auto who = owing(office, request);
  if (!who) return refuse(office, request, who.error());
  if (who->seat.stage == accounts::Stage::open) return http::see_other(who->next);
  return code_page(office, request, *who, nullptr);
}

http::Response present_code(const Office& office, const http::Request& request) {
  const auto who = owing(office, request);
  if (!who) return refuse(office, request, who.error());
  if (who->seat.stage == accounts::Stage::open) return http::see_other(who->next);
  const Instant now = office.installation.clock.now();
  const auto codes = accounts::present_code(office.sessions.ground(), who->seat.account,
                                            request.form("code"), now);
  if (!codes) {
    http::Response wrong = code_page(office, request, *who, &codes.error());
    if (codes.error().code == FaultCode::unauthenticated) {
      wrong.hold = office.guesses.wrong(request.client, now);
    }
    return wrong;
  }
  office.guesses.right(request.client);
  const auto token = office.sessions.renew(request.cookie(accounts::session_cookie), now);
  if (!token) return refuse(office, request, token.error());
  if (codes->empty()) return signed_in(http::see_other(who->next), *token);
  Page page(office, request, nullptr);
  page.values().set("NEXT", who->next);
  for (const std::string& code : *codes) page.values().add("CODES").set("CODE", code);
  return signed_in(page.answer("recovery_codes", page.wording().say("office.recovery.title")),
                   *token);
}

http::Response show_invitation(const Office& office, const http::Request& request) {
  return invitation_page(office, request, nullptr);
}

http::Response accept_invitation(const Office& office, const http::Request& request) {
  if (accounts::comes_from_elsewhere(request)) {
    return refuse(office, request, {FaultCode::not_allowed, "accounts.foreign_request"});
  }
  const Instant now = office.installation.clock.now();
  // The whole link is as good as what stands behind its #.
  std::string_view token = request.form("token");
  if (const auto hash = token.rfind('#'); hash != std::string_view::npos) {
    token.remove_prefix(hash + 1);
  }
  const auto account = accounts::accept_invitation(
      office.sessions.ground(), token,
      {std::string(request.form("login")), std::string(request.form("display_name")),
       Sealed<std::string>(std::string(request.form("password")))},
      now);
  if (!account) return invitation_page(office, request, &account.error());
  const auto session = office.sessions.open_for(*account, accounts::SecondFactor::owed, now);
  if (!session) return refuse(office, request, session.error());
  return signed_in(http::see_other("/office/second-factor"), *session);
}

}  // namespace minhu::office_pages
