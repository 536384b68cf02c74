// Accounts of officials for the security administrator, and the account log for who audits. The one
// place where a list of the house has people in its rows: those who work here, never who speaks.
#include "adapters/web_api/accounts_shared.h"
#include "adapters/web_api/areas.h"
#include "features/accounts/account_log.h"
#include "features/accounts/administration.h"

namespace minhu::web_api {

namespace {

constexpr std::size_t longest_text = 1000;

Result<accounts::Post> post_of(const Members& given) {
  MINHU_TRY(const auto role, given.short_text("role", 40, Presence::required));
  MINHU_TRY(const auto unit, given.short_text("unit", 40));
  accounts::Post post{accounts::role_named(role).value_or(accounts::Role::anyone), {}};
  if (!unit.empty()) {
    const auto id = UnitId::parse(unit);
    if (!id) return fail(FaultCode::invalid_input, "accounts.no_such_unit", "unit");
    post.unit = *id;
  }
  return post;
}

Result<std::string> reason_of(const Members& given) {
  MINHU_TRY(const auto reason, given.short_text("reason", longest_text, Presence::required));
  return std::string(reason);
}

Result<accounts::AccountId> account_of(const http::Request& request) {
  return id_of<accounts::AccountId>(request.captures.at(0), "accounts.no_such_account");
}

boost::json::object invitation_shown(accounts::AccountId account,
                                     const accounts::Invitation& invitation) {
  return {{"id", account.text()},
          {"link", std::string(accounts::invitation_path) + invitation.token},
          {"expires_at", format_instant(invitation.expires_at)}};
}

// Whoever plays an official of the demo county signs in with a printed password, which is no row:
// nobody invites them, and no link of theirs is over.
accounts::AccountState state_of(const Api& api, const accounts::Listed& listed) {
  const bool plays =
      listed.state == accounts::AccountState::invited && api.sessions.is_demo(listed.account.id);
  return plays ? accounts::AccountState::active : listed.state;
}

Answer list_accounts(const Api& api, const http::Request& request) {
  MINHU_CHECK_OK(api.gate.admit(request, "accounts:manage"));
  MINHU_CHECK_OK(only_parameters(request, {}));
  return api.installation.database.read([&](Reading& reading) {
    const RegionId region = api.installation.county.region;
    const UnitNames units(reading, region);
    boost::json::array lines;
    const Instant now = api.installation.clock.now();
    for (const accounts::Listed& each : accounts::list_accounts(reading, region, now)) {
      lines.push_back(boost::json::object{
          {"id", each.account.id.text()},
          {"login", each.account.login},
          {"display_name", each.account.display_name},
          {"role", std::string(accounts::name(each.account.principal.role))},
          {"unit", units.show(each.account.principal.unit)},
          {"state", std::string(accounts::name(state_of(api, each)))},
          {"second_factor", each.second_factor},
          {"invited_until", each.invited_until
                                ? boost::json::value(format_instant(*each.invited_until))
                                : boost::json::value(nullptr)}});
    }
    return json({{"accounts", lines}});
  });
}

Answer invite(const Api& api, const http::Request& request) {
  MINHU_TRY(const auto admin, api.gate.admit(request, "accounts:manage"));
  RequestBody body;
  MINHU_CHECK_OK(body.read(request.body));
  const Members given = body.members();
  MINHU_CHECK_OK(given.only({"login", "display_name", "role", "unit", "reason"}));
  accounts::Newcomer newcomer;
  MINHU_TRY(newcomer.login, given.short_text("login", 100, Presence::required));
  MINHU_TRY(newcomer.display_name, given.short_text("display_name", 100, Presence::required));
  MINHU_TRY(newcomer.post, post_of(given));
  MINHU_TRY(newcomer.reason, reason_of(given));
  MINHU_TRY(const auto made, accounts::invite(api.sessions.ground(), admin.id, newcomer,
                                              api.installation.clock.now()));
  return json(invitation_shown(made.id, made.invitation), 201);
}

Answer invite_again(const Api& api, const http::Request& request) {
  MINHU_TRY(const auto admin, api.gate.admit(request, "accounts:manage"));
  MINHU_TRY(const auto account, account_of(request));
  RequestBody body;
  MINHU_CHECK_OK(body.read(request.body));
  const Members given = body.members();
  MINHU_CHECK_OK(given.only({"reason"}));
  MINHU_TRY(const std::string reason, reason_of(given));
  MINHU_TRY(const auto made, accounts::invite_again(api.sessions.ground(), admin.id, account,
                                                    reason, api.installation.clock.now()));
  return json(invitation_shown(account, made), 201);
}

Answer change_post(const Api& api, const http::Request& request) {
  MINHU_TRY(const auto admin, api.gate.admit(request, "accounts:manage"));
  MINHU_TRY(const auto account, account_of(request));
  RequestBody body;
  MINHU_CHECK_OK(body.read(request.body));
  const Members given = body.members();
  MINHU_CHECK_OK(given.only({"role", "unit", "reason"}));
  MINHU_TRY(const accounts::Post post, post_of(given));
  MINHU_TRY(const std::string reason, reason_of(given));
  MINHU_CHECK_OK(accounts::change_post(api.sessions.ground(), admin.id, account, post, reason,
                                       api.installation.clock.now()));
  return http::Response{204, {}, {}, {}};
}

// Disabling and ending sessions need nothing but the reason.
using WithReason = Outcome (*)(const accounts::Ground&, accounts::AccountId, accounts::AccountId,
                               const std::string&, Instant);

Answer with_reason(const Api& api, const http::Request& request, WithReason what) {
  MINHU_TRY(const auto admin, api.gate.admit(request, "accounts:manage"));
  MINHU_TRY(const auto account, account_of(request));
  RequestBody body;
  MINHU_CHECK_OK(body.read(request.body));
  const Members given = body.members();
  MINHU_CHECK_OK(given.only({"reason"}));
  MINHU_TRY(const std::string reason, reason_of(given));
  MINHU_CHECK_OK(
      what(api.sessions.ground(), admin.id, account, reason, api.installation.clock.now()));
  return http::Response{204, {}, {}, {}};
}

boost::json::value shown_id(accounts::AccountId id) {
  return id.empty() ? boost::json::value(nullptr) : boost::json::value(id.text());
}

// The registers keep from whom an entry is about why it was made (closeness_routes.cc); the log has
// the same line, and whoever audits has ties of their own.
std::string reason_for(accounts::AccountId reader, const accounts::AccountEvent& event) {
  using enum accounts::Act;
  const bool of_a_register = event.act == leader_appointed || event.act == leader_ended ||
                             event.act == interest_declared || event.act == interest_ended;
  const bool theirs =
      event.about == reader || event.detail.find(reader.text()) != std::string::npos;
  return of_a_register && theirs ? std::string() : event.reason;
}

Answer list_account_events(const Api& api, const http::Request& request) {
  MINHU_TRY(const auto reader, api.gate.admit(request, "audit:read"));
  MINHU_CHECK_OK(only_parameters(request, {"cursor", "limit"}));
  MINHU_TRY(const std::int64_t limit, limit_of(request, 50, 200));
  accounts::AccountEventId before;
  if (const auto cursor = request.query_value("cursor"); !cursor.empty()) {
    const auto id = accounts::AccountEventId::parse(cursor);
    if (!id) return fail(FaultCode::invalid_input, "api.bad_cursor", "cursor");
    before = *id;
  }
  return api.installation.database.read([&](Reading& reading) {
    // One more than is shown says whether there is a next page.
    auto events =
        accounts::account_events(reading, api.installation.county.region, before, limit + 1);
    const bool more = static_cast<std::int64_t>(events.size()) > limit;
    if (more) events.pop_back();
    boost::json::array lines;
    for (const accounts::AccountEvent& event : events) {
      lines.push_back(boost::json::object{{"id", event.id.text()},
                                          {"at", format_instant(event.at)},
                                          {"act", std::string(accounts::name(event.act))},
                                          {"by", shown_id(event.by)},
                                          {"about", shown_id(event.about)},
                                          {"detail", event.detail},
                                          {"reason", reason_for(reader.id, event)}});
    }
    return json({{"events", lines},
                 {"next", more ? boost::json::value(events.back().id.text())
                               : boost::json::value(nullptr)}});
  });
}

}  // namespace

std::vector<http::Route> people_routes(const SharedApi& api) {
  const On on{api};
  const auto reasoned = [&](WithReason what) {
    return on([what](const Api& shared, const http::Request& request) {
      return with_reason(shared, request, what);
    });
  };
  // clang-format off
  return {
      // accounts of officials
      {Method::get,     "/api/v1/accounts",                                   "accounts:manage",    Body::none, no_body,    on(list_accounts)},
      {Method::post,    "/api/v1/accounts",                                   "accounts:manage",    Body::json, words,      on(invite)},
      {Method::post,    "/api/v1/accounts/{id}/invitation",                   "accounts:manage",    Body::json, words,      on(invite_again)},
      {Method::put,     "/api/v1/accounts/{id}/post",                         "accounts:manage",    Body::json, words,      on(change_post)},
      {Method::post,    "/api/v1/accounts/{id}/disable",                      "accounts:manage",    Body::json, words,      reasoned(accounts::disable)},
      {Method::post,    "/api/v1/accounts/{id}/end_sessions",                 "accounts:manage",    Body::json, words,      reasoned(accounts::end_sessions)},
      {Method::get,     "/api/v1/account_events",                             "audit:read",         Body::none, no_body,    on(list_account_events)},
  };
  // clang-format on
}

}  // namespace minhu::web_api
