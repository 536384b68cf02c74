// For tests: officials with accounts of their own, who enrol a second factor as an app would.
#pragma once

#include "adapters/web_api/test_api.h"
#include "features/accounts/accounts.h"
#include "features/accounts/totp.h"

namespace minhu::web_api {

class AccountsWorld : public ApiWorld {
 protected:
  static constexpr const char* chosen = "meadow lark at dawn";

  http::Response ask(Method method, const std::string& path, const boost::json::object& body,
                     const std::string& login = {}, const std::string& session = {},
                     Headers headers = {}) {
    const bool sends = method == Method::post || method == Method::put;
    return send({method,
                 path,
                 std::move(headers),
                 sends && !body.empty() ? boost::json::serialize(body) : std::string(),
                 {},
                 login,
                 {},
                 session});
  }
  static std::string session_of(const http::Response& response) {
    for (const auto& [name, value] : response.headers) {
      const std::string own = std::string(accounts::session_cookie) + "=";
      if (name == "Set-Cookie" && value.starts_with(own)) {
        return value.substr(own.size(), value.find(';') - own.size());
      }
    }
    return {};
  }
  static Bytes from_base32(std::string_view text) {
    static constexpr std::string_view letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    Bytes out;
    std::uint32_t waiting = 0;
    unsigned bits = 0;
    for (const char c : text) {
      waiting = (waiting << 5U) | static_cast<std::uint32_t>(letters.find(c));
      bits += 5;
      if (bits < 8) continue;
      bits -= 8;
      out.push_back(static_cast<std::uint8_t>(waiting >> bits));
      waiting &= (1U << bits) - 1U;
    }
    return out;
  }
  std::string code(const Bytes& secret) const {
    return accounts::totp_code(secret, accounts::totp_step(now_));
  }
  void pass_seconds(std::int64_t seconds) { now_.unix_ms += seconds * 1000; }

  struct Official {
    std::string id;
    std::string session;
    Bytes secret;
    std::vector<std::string> recovery_codes;
  };
  // Invited, with a password, and half open.
  Official invited(const std::string& login, const char* role, UnitId unit) {
    const auto made = ask(Method::post, "/api/v1/accounts",
                          {{"login", login},
                           {"display_name", "某某"},
                           {"role", role},
                           {"unit", unit.empty() ? "" : unit.text()},
                           {"reason", "新到岗"}},
                          "security");
    EXPECT_EQ(made.status, 201) << made.body;
    const auto accepted = ask(Method::post, "/api/v1/invitation/accept",
                              {{"token", token_in(made)}, {"password", chosen}});
    EXPECT_EQ(accepted.status, 202) << accepted.body;
    return {text_of(made, "id"), session_of(accepted), {}, {}};
  }
  static std::string token_in(const http::Response& made) {
    const std::string link = text_of(made, "link");
    return link.substr(link.find('#') + 1);
  }
  void enrol(Official& who) {
    const auto shown = ask(Method::post, "/api/v1/session/enrolment", {}, {}, who.session);
    EXPECT_EQ(shown.status, 200) << shown.body;
    who.secret = from_base32(text_of(shown, "secret"));
    const auto open =
        ask(Method::post, "/api/v1/session/code", {{"code", code(who.secret)}}, {}, who.session);
    EXPECT_EQ(open.status, 200) << open.body;
    who.session = session_of(open);
    const auto answer = json_of(open);
    for (const auto& each : answer.at("recovery_codes").as_array()) {
      who.recovery_codes.emplace_back(each.as_string());
    }
    pass_seconds(30);
  }
  Official official(const std::string& login, const char* role, UnitId unit) {
    Official who = invited(login, role, unit);
    enrol(who);
    return who;
  }

  // Every answer that the contract names for sessions, one's own account, and accounts.
  void bring_about_account_answers() {
    const std::string code_path = "/api/v1/session/code";
    const std::string accounts_path = "/api/v1/accounts";
    Official who = invited("chen", "handler", housing_);
    EXPECT_EQ(ask(Method::get, "/api/v1/session", {}, {}, who.session).status, 202);
    EXPECT_EQ(told(ask(Method::post, code_path, {{"code", "1"}}, {}, who.session)),
              "409 accounts.enrol_first");
    enrol(who);
    EXPECT_EQ(
        ask(Method::post, "/api/v1/session", {{"login", "chen"}, {"password", chosen}}).status,
        202);
    EXPECT_EQ(ask(Method::post, code_path, {{"number", "1"}}, {}, half_open("chen")).status, 400);
    EXPECT_EQ(told(ask(Method::post, "/api/v1/session/enrolment", {}, {}, who.session)),
              "409 accounts.second_factor_is_set");

    // one's own account
    const Official head = official("head.chen", "unit_head", housing_);
    const auto mine = [&](Method method, const std::string& path, const boost::json::object& body) {
      return ask(method, path, body, {}, head.session);
    };
    EXPECT_EQ(mine(Method::get, "/api/v1/own", {}).status, 200);
    EXPECT_EQ(mine(Method::post, "/api/v1/own/recovery_codes", {{"x", 1}}).status, 400);
    EXPECT_EQ(
        mine(Method::post, "/api/v1/own/recovery_codes", {{"code", code(head.secret)}}).status,
        200);
    const std::string today = format_date(to_date(now_));
    const auto hand = [&](const std::string& to) {
      return mine(Method::post, "/api/v1/own/delegations",
                  {{"to", to}, {"first_day", today}, {"last_day", today}});
    };
    const auto handed = hand(who.id);
    EXPECT_EQ(handed.status, 201) << handed.body;
    EXPECT_EQ(hand(head.id).status, 400);
    const auto sit = [&](const boost::json::value& delegation) {
      const auto response =
          ask(Method::put, "/api/v1/session/post", {{"delegation", delegation}}, {}, who.session);
      if (!session_of(response).empty()) who.session = session_of(response);
      return response;
    };
    const auto sitting = sit(boost::json::value(text_of(handed, "id")));
    EXPECT_EQ(sitting.status, 200);
    EXPECT_EQ(text_of(sitting, "role"), "unit_head");
    EXPECT_EQ(text_of(sit(nullptr), "role"), "handler");
    EXPECT_EQ(sit("x").status, 404);
    EXPECT_EQ(mine(Method::delete_, "/api/v1/own/delegations/" + text_of(handed, "id"), {}).status,
              204);
    EXPECT_EQ(mine(Method::delete_, "/api/v1/own/delegations/x", {}).status, 404);
    EXPECT_EQ(
        mine(Method::put, "/api/v1/own/password", {{"password", chosen}, {"new_password", "short"}})
            .status,
        400);
    EXPECT_EQ(mine(Method::put, "/api/v1/own/password",
                   {{"password", chosen}, {"new_password", "river stones are round"}})
                  .status,
              200);
    EXPECT_EQ(mine(Method::get, "/api/v1/own", {}).status, 401);  // under the old token

    // accounts of officials
    EXPECT_EQ(ask(Method::get, accounts_path, {}, "security").status, 200);
    EXPECT_EQ(ask(Method::post, accounts_path, {{"login", "x"}}, "security").status, 400);
    EXPECT_EQ(
        ask(Method::post, accounts_path,
            {{"login", "chen"}, {"display_name", "陈"}, {"role", "leader"}, {"reason", "新到岗"}},
            "security")
            .status,
        409);
    const std::string of_chen = accounts_path + "/" + who.id;
    const boost::json::object why{{"reason", "轮岗"}};
    const boost::json::object to_water{
        {"role", "handler"}, {"unit", water_.text()}, {"reason", "轮岗"}};
    struct Step {
      Method method;
      const char* path;
      const boost::json::object* body;
      int status;
    };
    for (const Step& step :
         {Step{Method::put, "/post", &to_water, 204},
          Step{Method::post, "/end_sessions", &why, 204}, Step{Method::post, "/disable", &why, 204},
          Step{Method::post, "/invitation", &why, 201}}) {
      EXPECT_EQ(ask(step.method, of_chen + step.path, *step.body, "security").status, step.status);
      EXPECT_EQ(ask(step.method, of_chen + step.path, {{"why", "x"}}, "security").status, 400);
      EXPECT_EQ(ask(step.method, accounts_path + "/x" + step.path, *step.body, "security").status,
                404);
    }
    const auto link = ask(Method::post, of_chen + "/invitation", why, "security");
    const std::string look = "/api/v1/invitation";
    EXPECT_EQ(ask(Method::post, look, {{"token", token_in(link)}}).status, 200);
    EXPECT_EQ(ask(Method::post, look, {{"token", "x"}}).status, 404);
    EXPECT_EQ(ask(Method::post, look, {{"x", "x"}}).status, 400);
    const std::string accept = look + "/accept";
    EXPECT_EQ(ask(Method::post, accept, {{"token", token_in(link)}, {"password", "x"}}).status,
              400);
    EXPECT_EQ(ask(Method::post, accept, {{"token", "x"}, {"password", chosen}}).status, 404);
    EXPECT_EQ(
        ask(Method::post, accept, {{"token", "x"}}, {}, {}, {{"sec-fetch-site", "cross-site"}})
            .status,
        403);
    EXPECT_EQ(ask(Method::get, "/api/v1/account_events", {}, "audit").status, 200);
    EXPECT_EQ(send({Method::get, "/api/v1/account_events", {}, {}, {{"cursor", "x"}}, "audit", {}})
                  .status,
              400);

    // Nobody, and whoever may not: told before anything is read.
    for (const http::Route& route : routes_) {
      const std::string pattern(route.pattern);
      const bool ours = pattern.starts_with("/api/v1/account") ||
                        pattern.starts_with("/api/v1/own") ||
                        pattern.starts_with("/api/v1/session");
      if (!ours || route.permission == "public") continue;
      const std::string path = pattern.substr(0, pattern.find("{id}")) +
                               (pattern.find("{id}") == std::string::npos
                                    ? ""
                                    : who.id + pattern.substr(pattern.find("{id}") + 4));
      EXPECT_EQ(ask(route.method, path, {}).status, 401) << path;
      if (route.method == Method::get && !pattern.starts_with("/api/v1/account")) continue;
      const auto foreign =
          ask(route.method, path, {}, "clerk", {}, {{"sec-fetch-site", "cross-site"}});
      EXPECT_EQ(route.method == Method::get ? ask(route.method, path, {}, "clerk").status
                                            : foreign.status,
                403)
          << path;
    }
    for (int i = 0; i < 6; ++i) {
      const auto refused =
          ask(Method::post, code_path, {{"code", "000000"}}, {}, half_open("head.chen"));
      EXPECT_EQ(refused.status, i < 5 ? 401 : 429);
      EXPECT_EQ(refused.hold.count() > 0, i < 5);
    }
  }
  std::string half_open(const std::string& login) {
    const auto account = database_->read([&](Reading& reading) {
      return accounts::find_account_by_login(reading, county_.region, login);
    });
    return *sessions_.open_for(*account, accounts::SecondFactor::owed, now_);
  }
};

}  // namespace minhu::web_api
