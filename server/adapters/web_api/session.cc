#include "adapters/web_api/api.h"
#include "adapters/web_api/show.h"

namespace minhu::web_api {

namespace {

constexpr std::size_t longest_login = 100;
constexpr std::size_t longest_password = 1000;

boost::json::object who_is(const Api& api, const accounts::Account& account) {
  boost::json::array permissions;
  for (const std::string_view permission : accounts::permissions_of(account.principal.role)) {
    permissions.push_back(boost::json::value(std::string(permission)));
  }
  return api.installation.database.read([&](Reading& reading) {
    const UnitNames units(reading, api.installation.county.region);
    return boost::json::object{{"login", account.login},
                               {"display_name", account.display_name},
                               {"role", std::string(accounts::name(account.principal.role))},
                               {"unit", units.show(account.principal.unit)},
                               {"county", api.installation.county.name},
                               {"permissions", permissions}};
  });
}

}  // namespace

Answer sign_in(const Api& api, const http::Request& request) {
  RequestBody body;
  MINHU_CHECK_OK(body.read(request.body));
  const Members given = body.members();
  MINHU_CHECK_OK(given.only({"login", "password"}));
  MINHU_TRY(const auto login, given.short_text("login", longest_login, Presence::required));
  MINHU_TRY(const auto password,
            given.short_text("password", longest_password, Presence::required));
  const Instant now = api.installation.clock.now();
  const auto token = api.sessions.sign_in(login, Sealed<std::string>(std::string(password)), now);
  if (!token) {
    if (token.error().code != FaultCode::unauthenticated) {
      return tl::unexpected<Fault>(token.error());
    }
    http::Response response = api.refuse(request, token.error());
    response.hold = api.guesses.wrong(request.client, now);
    return response;
  }
  api.guesses.right(request.client);
  const auto account = api.sessions.who(*token, now);
  // It was signed out from elsewhere within this moment.
  if (!account) return fail(FaultCode::unauthenticated, "accounts.sign_in_first");
  http::Response response = json(who_is(api, *account));
  response.with("Set-Cookie", accounts::session_cookie_header(*token));
  return response;
}

Answer show_session(const Api& api, const http::Request& request) {
  MINHU_TRY(const accounts::Account account, api.gate.admit(request, "session:own"));
  return json(who_is(api, account));
}

Answer sign_out(const Api& api, const http::Request& request) {
  MINHU_TRY(const accounts::Account account, api.gate.admit(request, "session:own"));
  api.sessions.sign_out(request.cookie(accounts::session_cookie));
  http::Response response{204, {}, {}, {}};
  response.with("Set-Cookie", accounts::forget_session_header())
      .with("Clear-Site-Data", "\"cache\", \"storage\"")
      .with("Cache-Control", "no-store");
  return response;
}

}  // namespace minhu::web_api
