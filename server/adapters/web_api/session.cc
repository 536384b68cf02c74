#include "adapters/web_api/accounts_shared.h"
#include "engines/qr_code/qr_code.h"
#include "features/accounts/delegation.h"
#include "features/accounts/second_factor.h"

namespace minhu::web_api {

namespace {

constexpr std::size_t longest_login = 100;
constexpr std::size_t longest_code = 100;

// A half-open session says what it still owes.
http::Response owes(accounts::Stage stage) {
  return json({{"next", stage == accounts::Stage::enrolling ? "enrol" : "code"}}, 202);
}

}  // namespace

bool has_code_of_ours(const Api& api, accounts::AccountId account) {
  return api.installation.database.read([&](Reading& reading) {
    return accounts::has_second_factor(reading, api.installation.county.region, account);
  });
}

boost::json::object who_is(const Api& api, const accounts::Seat& seat) {
  const accounts::Account& account = seat.account;
  boost::json::array permissions;
  for (const std::string_view permission : accounts::permissions_of(account.principal.role)) {
    permissions.push_back(boost::json::value(std::string(permission)));
  }
  const std::string_view proves_by = api.sessions.is_demo(account.id)    ? "nothing"
                                     : has_code_of_ours(api, account.id) ? "code"
                                                                         : "provider";
  return api.installation.database.read([&](Reading& reading) {
    const UnitNames units(reading, api.installation.county.region);
    return boost::json::object{
        {"login", account.login},
        {"display_name", account.display_name},
        {"role", std::string(accounts::name(account.principal.role))},
        {"unit", units.show(account.principal.unit)},
        {"county", api.installation.county.name},
        {"acting_for", seat.acting_for.empty() ? boost::json::value(nullptr)
                                               : boost::json::value(seat.acting_for.text())},
        {"proves_by", std::string(proves_by)},
        {"permissions", permissions}};
  });
}

Answer refuse_slowly(const Api& api, const http::Request& request, const Fault& fault) {
  if (fault.code != FaultCode::unauthenticated) return tl::unexpected<Fault>(fault);
  http::Response response = api.refuse(request, fault);
  response.hold = api.guesses.wrong(request.client, api.installation.clock.now());
  return response;
}

Answer seated(const Api& api, const std::string& token) {
  const auto seat = api.sessions.seat(token, api.installation.clock.now());
  // It was signed out from elsewhere within this moment.
  if (!seat) return fail(FaultCode::unauthenticated, "accounts.sign_in_first");
  http::Response response =
      seat->stage == accounts::Stage::open ? json(who_is(api, *seat)) : owes(seat->stage);
  response.with("Set-Cookie", accounts::session_cookie_header(token));
  return response;
}

boost::json::array shown(const accounts::RecoveryCodes& codes) {
  boost::json::array array;
  for (const std::string& code : codes) array.push_back(boost::json::value(code));
  return array;
}

Answer sign_in(const Api& api, const http::Request& request) {
  RequestBody body;
  MINHU_CHECK_OK(body.read(request.body));
  const Members given = body.members();
  MINHU_CHECK_OK(given.only({"login", "password"}));
  MINHU_TRY(const auto login, given.short_text("login", longest_login, Presence::required));
  MINHU_TRY(const auto password, secret_of(given, "password"));
  const auto comparison = api.guesses.compare(request.client);
  if (!comparison) return fail(FaultCode::unavailable, "accounts.busy");
  const auto token = api.sessions.sign_in(login, password, api.installation.clock.now());
  if (!token) return refuse_slowly(api, request, token.error());
  api.guesses.right(request.client);
  return seated(api, *token);
}

// What a sign-in page offers beside login and password.
Answer show_ways_in(const Api& api, const http::Request& request) {
  MINHU_CHECK_OK(only_parameters(request, {}));
  boost::json::value provider(nullptr);
  const auto named = api.provider_names.find(api.language(request).language());
  if (named != api.provider_names.end()) {
    provider = boost::json::object{{"display_name", named->second},
                                   {"address", std::string(accounts::openid_path)}};
  }
  return json({{"provider", provider}});
}

Answer begin_enrolment(const Api& api, const http::Request& request) {
  MINHU_TRY(const accounts::Seat seat, api.gate.admit_half_open(request));
  if (api.sessions.is_demo(seat.account.id)) {
    return fail(FaultCode::conflict, "accounts.second_factor_is_set");
  }
  // One whose factor the provider gave may have none of ours. Whoever finds that desk open would
  // enrol an app of their own, and sign with it what a desk left open must not sign.
  if (seat.stage == accounts::Stage::open && !has_code_of_ours(api, seat.account.id)) {
    return fail(FaultCode::conflict, "accounts.session_is_open");
  }
  MINHU_TRY(const auto enrolment,
            accounts::begin_enrolment(api.sessions.ground(), seat.account,
                                      "民呼 " + api.installation.county.name));
  const qr_code::Drawing drawing = qr_code::drawing_of(enrolment.uri);
  return json({{"secret", enrolment.secret},
               {"uri", enrolment.uri},
               {"qr", boost::json::object{{"size", drawing.size}, {"path", drawing.path}}}});
}

Answer present_code(const Api& api, const http::Request& request) {
  MINHU_TRY(const accounts::Seat seat, api.gate.admit_half_open(request));
  if (seat.stage == accounts::Stage::open) {
    return fail(FaultCode::conflict, "accounts.session_is_open");
  }
  RequestBody body;
  MINHU_CHECK_OK(body.read(request.body));
  const Members given = body.members();
  MINHU_CHECK_OK(given.only({"code"}));
  MINHU_TRY(const auto code, given.short_text("code", longest_code, Presence::required));
  const Instant now = api.installation.clock.now();
  const auto passed = accounts::present_code(api.sessions.ground(), seat.account, code, now);
  if (!passed) return refuse_slowly(api, request, passed.error());
  api.guesses.right(request.client);
  MINHU_TRY(const std::string token,
            api.sessions.renew(request.cookie(accounts::session_cookie), now));
  const auto open = api.sessions.seat(token, now);
  if (!open) return fail(FaultCode::unauthenticated, "accounts.sign_in_first");
  http::Response response =
      json({{"session", who_is(api, *open)}, {"recovery_codes", shown(*passed)}});
  response.with("Set-Cookie", accounts::session_cookie_header(token));
  return response;
}

Answer show_session(const Api& api, const http::Request& request) {
  MINHU_TRY(const accounts::Seat seat, api.gate.admit_half_open(request));
  if (seat.stage != accounts::Stage::open) return owes(seat.stage);
  return json(who_is(api, seat));
}

Answer sit_in_post(const Api& api, const http::Request& request) {
  MINHU_TRY(const accounts::Seat seat, api.gate.admit_seat(request, "session:own"));
  RequestBody body;
  MINHU_CHECK_OK(body.read(request.body));
  const Members given = body.members();
  MINHU_CHECK_OK(given.only({"delegation"}));
  MINHU_TRY(const auto text, given.text("delegation"));
  accounts::DelegationId delegation;
  if (!text.empty()) {
    MINHU_TRY(delegation, id_of<accounts::DelegationId>(text, "accounts.no_such_delegation"));
  }
  const Instant now = api.installation.clock.now();
  MINHU_TRY(const std::string token,
            api.sessions.renew(request.cookie(accounts::session_cookie), now));
  const Outcome sat = api.sessions.act_for(token, delegation, now);
  if (!sat) {
    // The old token is gone already: the new one goes with the refusal.
    http::Response refused = api.refuse(request, sat.error());
    refused.with("Set-Cookie", accounts::session_cookie_header(token));
    return refused;
  }
  return seated(api, token);
}

Answer sign_out(const Api& api, const http::Request& request) {
  MINHU_CHECK_OK(api.gate.admit_half_open(request));
  api.sessions.sign_out(request.cookie(accounts::session_cookie), api.installation.clock.now());
  http::Response response{204, {}, {}, {}};
  response.with("Set-Cookie", accounts::forget_session_header())
      .with("Clear-Site-Data", "\"cache\", \"storage\"")
      .with("Cache-Control", "no-store");
  return response;
}

}  // namespace minhu::web_api
