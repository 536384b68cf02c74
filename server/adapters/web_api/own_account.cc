#include "features/accounts/own_account.h"

#include "adapters/web_api/accounts_shared.h"
#include "adapters/web_api/areas.h"
#include "features/accounts/accounts.h"
#include "features/accounts/delegation.h"
#include "features/accounts/invitation.h"

namespace minhu::web_api {

namespace {

boost::json::object person(const accounts::Account& account) {
  return {{"id", account.id.text()},
          {"login", account.login},
          {"display_name", account.display_name},
          {"role", std::string(accounts::name(account.principal.role))}};
}

boost::json::object delegation_shown(Reading& reading, const Api& api,
                                     const accounts::Delegation& delegation, bool given) {
  const RegionId region = api.installation.county.region;
  const auto other =
      accounts::find_account(reading, region, given ? delegation.to : delegation.from);
  const auto last = to_date(delegation.ends_at) - std::chrono::days(1);
  return {{"id", delegation.id.text()},
          {"role", std::string(accounts::name(delegation.role))},
          {"with", other ? boost::json::value(other->display_name) : boost::json::value(nullptr)},
          {"first_day", format_date(to_date(delegation.starts_at))},
          {"last_day", format_date(last)},
          {"begun", delegation.starts_at <= api.installation.clock.now()}};
}

// A sign-in that these pages asked for, under a name that an invitation gave.
Answer show_invitation(const Api& api, const http::Request& request) {
  RequestBody body;
  MINHU_CHECK_OK(body.read(request.body));
  const Members given = body.members();
  MINHU_CHECK_OK(given.only({"token"}));
  MINHU_TRY(const auto token, given.short_text("token", 200, Presence::required));
  return api.installation.database.read([&](Reading& reading) -> Answer {
    const RegionId region = api.installation.county.region;
    MINHU_TRY(const auto invited,
              accounts::look_at_invitation(reading, region, token, api.installation.clock.now()));
    const UnitNames units(reading, region);
    return json({{"first", invited.first},
                 {"login", invited.account.login},
                 {"display_name", invited.account.display_name},
                 {"role", std::string(accounts::name(invited.account.principal.role))},
                 {"unit", units.show(invited.account.principal.unit)}});
  });
}

Answer accept_invitation(const Api& api, const http::Request& request) {
  if (accounts::comes_from_elsewhere(request)) {
    return fail(FaultCode::not_allowed, "accounts.foreign_request");
  }
  RequestBody body;
  MINHU_CHECK_OK(body.read(request.body));
  const Members given = body.members();
  MINHU_CHECK_OK(given.only({"token", "login", "display_name", "password"}));
  MINHU_TRY(const auto token, given.short_text("token", 200, Presence::required));
  MINHU_TRY(const auto login, given.short_text("login", 100));
  MINHU_TRY(const auto display_name, given.short_text("display_name", 100));
  MINHU_TRY(auto password, secret_of(given, "password"));
  const Instant now = api.installation.clock.now();
  MINHU_TRY(const auto account,
            accounts::accept_invitation(
                api.sessions.ground(), token,
                {std::string(login), std::string(display_name), std::move(password)}, now));
  MINHU_TRY(const std::string session,
            api.sessions.open_for(account, accounts::SecondFactor::owed, now));
  return seated(api, session);
}

Answer show_own(const Api& api, const http::Request& request) {
  MINHU_TRY(const accounts::Seat seat, api.gate.admit_seat(request, "session:own"));
  const accounts::AccountId me = seat.account.id;
  const RegionId region = api.installation.county.region;
  const Instant now = api.installation.clock.now();
  return api.installation.database.read([&](Reading& reading) {
    boost::json::array given;
    boost::json::array held;
    boost::json::array colleagues;
    for (const auto& each : accounts::delegations_given(reading, region, me, now)) {
      given.push_back(delegation_shown(reading, api, each, true));
    }
    for (const auto& each : accounts::delegations_held(reading, region, me, now)) {
      held.push_back(delegation_shown(reading, api, each, false));
    }
    if (accounts::role_has(seat.account.principal.role, "post:delegate")) {
      for (const auto& each : accounts::colleagues_of(reading, region, seat.account)) {
        colleagues.push_back(person(each));
      }
    }
    return json({{"demo", api.sessions.is_demo(me)},
                 {"recovery_codes_left", accounts::recovery_codes_left(reading, region, me)},
                 {"given", given},
                 {"held", held},
                 {"colleagues", colleagues}});
  });
}

Answer change_password(const Api& api, const http::Request& request) {
  MINHU_TRY(const accounts::Account account, api.gate.admit(request, "session:own"));
  RequestBody body;
  MINHU_CHECK_OK(body.read(request.body));
  const Members given = body.members();
  MINHU_CHECK_OK(given.only({"password", "new_password"}));
  MINHU_TRY(const auto password, secret_of(given, "password"));
  MINHU_TRY(const auto new_password, secret_of(given, "new_password"));
  const Instant now = api.installation.clock.now();
  const std::string_view asking = request.cookie(accounts::session_cookie);
  const auto changed = accounts::change_password(api.sessions.ground(), account, asking, password,
                                                 new_password, now);
  if (!changed) return refuse_slowly(api, request, changed.error());
  MINHU_TRY(const std::string token, api.sessions.renew(asking, now));
  return seated(api, token);
}

Answer replace_recovery_codes(const Api& api, const http::Request& request) {
  MINHU_TRY(const accounts::Account account, api.gate.admit(request, "session:own"));
  RequestBody body;
  MINHU_CHECK_OK(body.read(request.body));
  const Members given = body.members();
  MINHU_CHECK_OK(given.only({"code"}));
  MINHU_TRY(const auto code, given.short_text("code", 100, Presence::required));
  const auto codes = accounts::replace_recovery_codes(api.sessions.ground(), account, code,
                                                      api.installation.clock.now());
  if (!codes) return refuse_slowly(api, request, codes.error());
  return json({{"recovery_codes", shown(*codes)}});
}

Result<Date> day_of(const Members& given, const char* name) {
  MINHU_TRY(const auto text, given.short_text(name, 20, Presence::required));
  const auto day = parse_date(text);
  if (!day) return fail(FaultCode::invalid_input, "accounts.bad_days", name);
  return *day;
}

Answer give_delegation(const Api& api, const http::Request& request) {
  MINHU_TRY(const accounts::Account account, api.gate.admit(request, "post:delegate"));
  RequestBody body;
  MINHU_CHECK_OK(body.read(request.body));
  const Members given = body.members();
  MINHU_CHECK_OK(given.only({"to", "first_day", "last_day"}));
  MINHU_TRY(const auto to, given.text("to", Presence::required));
  MINHU_TRY(const Date first, day_of(given, "first_day"));
  MINHU_TRY(const Date last, day_of(given, "last_day"));
  const auto colleague = accounts::AccountId::parse(to);
  if (!colleague) return fail(FaultCode::invalid_input, "accounts.not_a_colleague", "to");
  MINHU_TRY(const auto made, accounts::delegate_post(api.sessions.ground(), account, *colleague,
                                                     first, last, api.installation.clock.now()));
  return api.installation.database.read(
      [&](Reading& reading) { return json(delegation_shown(reading, api, made, true), 201); });
}

Answer end_delegation(const Api& api, const http::Request& request) {
  MINHU_TRY(const accounts::Account account, api.gate.admit(request, "post:delegate"));
  MINHU_TRY(const auto id,
            id_of<accounts::DelegationId>(request.captures.at(0), "accounts.no_such_delegation"));
  MINHU_CHECK_OK(
      accounts::end_delegation(api.sessions.ground(), account, id, api.installation.clock.now()));
  return http::Response{204, {}, {}, {}};
}

}  // namespace

std::vector<http::Route> own_account_routes(const SharedApi& api) {
  const On on{api};
  // clang-format off
  return {
      // signing in, and the second factor
      {Method::post,    "/api/v1/session",                                    "public",             Body::json, words,      on(sign_in)},
      {Method::get,     "/api/v1/session",                                    "session:finish",     Body::none, no_body,    on(show_session)},
      {Method::delete_, "/api/v1/session",                                    "session:finish",     Body::none, no_body,    on(sign_out)},
      {Method::get,     "/api/v1/session/ways",                               "public",             Body::none, no_body,    on(show_ways_in)},
      {Method::post,    "/api/v1/session/enrolment",                          "session:finish",     Body::none, no_body,    on(begin_enrolment)},
      {Method::post,    "/api/v1/session/code",                               "session:finish",     Body::json, words,      on(present_code)},
      {Method::put,     "/api/v1/session/post",                               "session:own",        Body::json, words,      on(sit_in_post)},
      {Method::post,    "/api/v1/invitation",                                 "public",             Body::json, words,      on(show_invitation)},
      {Method::post,    "/api/v1/invitation/accept",                          "public",             Body::json, words,      on(accept_invitation)},

      // one's own account
      {Method::get,     "/api/v1/own",                                        "session:own",        Body::none, no_body,    on(show_own)},
      {Method::put,     "/api/v1/own/password",                               "session:own",        Body::json, words,      on(change_password)},
      {Method::post,    "/api/v1/own/recovery_codes",                         "session:own",        Body::json, words,      on(replace_recovery_codes)},
      {Method::post,    "/api/v1/own/delegations",                            "post:delegate",      Body::json, words,      on(give_delegation)},
      {Method::delete_, "/api/v1/own/delegations/{id}",                       "post:delegate",      Body::none, no_body,    on(end_delegation)},
  };
  // clang-format on
}

}  // namespace minhu::web_api
