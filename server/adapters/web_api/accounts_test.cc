// Signing in, and what the security administrator does, as a program sees it.
#include "adapters/web_api/test_accounts.h"
#include "features/accounts/signed_in_anew.h"

namespace minhu::web_api {
namespace {

class AccountsApi : public AccountsWorld {};

TEST_F(AccountsApi, AHalfOpenSessionGetsNowhereButToItsSecondFactorAndOut) {
  const Official who = invited("chen", "handler", housing_);
  for (const http::Route& route : routes_) {
    const std::string pattern(route.pattern);
    if (route.permission == "public" || route.permission == "session:finish" ||
        route.permission.starts_with("receipt:")) {
      continue;
    }
    std::string path;
    for (std::size_t at = 0; at < pattern.size();) {
      const auto end = std::min(pattern.find('/', at + 1), pattern.size());
      path += pattern[at + 1] == '{' ? "/" + who.id : pattern.substr(at, end - at);
      at = end;
    }
    const auto response = ask(route.method, path, {}, {}, who.session);
    EXPECT_EQ(told(response), "401 accounts.second_factor_first") << path;
  }
  EXPECT_EQ(ask(Method::delete_, "/api/v1/session", {}, {}, who.session).status, 204);
  EXPECT_EQ(ask(Method::get, "/api/v1/session", {}, {}, who.session).status, 401);
}

TEST_F(AccountsApi, WhatChangesSomethingWithASessionCarriesTheHeader) {
  const Official who = official("chen", "handler", housing_);
  http::Request request;
  request.method = Method::delete_;
  request.path = "/api/v1/session";
  request.cookies[std::string(accounts::session_cookie)] = who.session;
  const auto refused = route_of(request)->handle(request);
  EXPECT_EQ(told(refused), "403 accounts.desk_header_missing");
  request.headers["x-minhu-desk"] = "1";
  EXPECT_EQ(route_of(request)->handle(request).status, 204);
}

TEST_F(AccountsApi, WhoSendsManyPasswordsAtOnceKeepsNobodyElseFromSigningIn) {
  official("chen", "handler", housing_);
  const auto signs_in = [&](const char* client) {
    http::Request request;
    request.method = Method::post;
    request.path = "/api/v1/session";
    request.client = client;
    request.body =
        boost::json::serialize(boost::json::object{{"login", "chen"}, {"password", chosen}});
    return told(route_of(request)->handle(request));
  };
  std::vector<accounts::Guesses::Comparison> flood;
  for (int i = 0; i < accounts::Guesses::most_at_once; ++i) {
    flood.push_back(*guesses_.compare("flood"));
  }
  EXPECT_EQ(signs_in("flood"), "503 accounts.busy");
  EXPECT_EQ(signs_in("office"), "202");
  flood.clear();
  EXPECT_EQ(signs_in("flood"), "202");
}

TEST_F(AccountsApi, AnOpenDeskEnrolsNoAppForWhoeverFindsIt) {
  const Official who = invited("chen", "handler", housing_);
  const auto account = database_->read([&](Reading& reading) {
    return *accounts::find_account_by_login(reading, county_.region, "chen");
  });
  // As when the county's provider gave the second factor.
  const std::string desk = *sessions_.open_for(account, accounts::SecondFactor::given, now_);
  EXPECT_EQ(told(ask(Method::post, "/api/v1/session/enrolment", {}, {}, desk)),
            "409 accounts.session_is_open");
  EXPECT_EQ(ask(Method::post, "/api/v1/session/enrolment", {}, {}, who.session).status, 200);
}

// The page promised that it would be asked before anything sealed was opened, and nothing asked.
TEST_F(AccountsApi, NobodySetsAPassphraseThatNothingAsksFor) {
  const Official head = official("head.chen", "unit_head", housing_);
  for (const http::Route& route : routes_) EXPECT_NE(route.pattern, "/api/v1/own/passphrase");
  const auto own = ask(Method::get, "/api/v1/own", {}, {}, head.session);
  EXPECT_EQ(own.status, 200);
  EXPECT_EQ(own.body.find("passphrase"), std::string::npos);
}

// There is no code of ours to ask for, and binding an app at an open desk is refused: a signature
// asks for a sign-in anew at the provider.
TEST_F(AccountsApi, WhoseSecondFactorTheProviderGivesSignsAfterASignInAnew) {
  const std::string relay = "/relays/0193a000-0000-7000-8000-000000000017";
  (void)invited("chen", "leader", {});
  const auto chen = database_->read([&](Reading& reading) {
    return *accounts::find_account_by_login(reading, county_.region, "chen");
  });
  const std::string desk = *sessions_.open_for(chen, accounts::SecondFactor::given, now_);
  const auto own = ask(Method::get, "/api/v1/session", {}, {}, desk);
  EXPECT_EQ(text_of(own, "proves_by"), "provider");
  const auto signs = [&](accounts::AccountId account, const std::string& page) {
    std::string cookie = accounts::anew_cookie_header(sessions_.ground().keys, account, page, now_);
    const auto equals = cookie.find('=');
    cookie = cookie.substr(equals + 1, cookie.find(';') - equals - 1);
    return told(send({Method::post,
                      "/api/v1" + relay + "/signature",
                      {},
                      R"({"digest":"x"})",
                      {},
                      {},
                      {},
                      desk,
                      {{std::string(accounts::anew_cookie), cookie}}}));
  };
  EXPECT_EQ(told(ask(Method::post, "/api/v1" + relay + "/signature", {{"digest", "x"}}, {}, desk)),
            "409 accounts.sign_in_anew");
  EXPECT_EQ(signs(chen.id, "/desk" + relay), "404 promises.no_such_relay");  // that is next
  EXPECT_EQ(signs(chen.id, "/desk/queue"), "409 accounts.sign_in_anew");
  EXPECT_EQ(signs(entropy_.id<accounts::AccountId>(now_), "/desk" + relay),
            "409 accounts.sign_in_anew");
}

TEST_F(AccountsApi, WhoHasAnAppSignsWithItsCode) {
  const Official head = official("head.chen", "leader", {});
  EXPECT_EQ(text_of(ask(Method::get, "/api/v1/session", {}, {}, head.session), "proves_by"),
            "code");
  EXPECT_EQ(text_of(ask(Method::get, "/api/v1/session", {}, "leader"), "proves_by"), "nothing");
  const std::string path = "/api/v1/relays/0193a000-0000-7000-8000-000000000017/signature";
  EXPECT_EQ(told(ask(Method::post, path, {{"digest", "x"}}, {}, head.session)),
            "400 api.missing_field code");
}

TEST_F(AccountsApi, TheQrCodeHoldsTheAddressForTheApp) {
  const Official who = invited("chen", "handler", housing_);
  const auto shown = json_of(ask(Method::post, "/api/v1/session/enrolment", {}, {}, who.session));
  EXPECT_TRUE(shown.at("uri").as_string().starts_with("otpauth://totp/"));
  EXPECT_NE(shown.at("uri").as_string().find(shown.at("secret").as_string()),
            boost::json::string::npos);
  EXPECT_GT(shown.at("qr").at("size").as_int64(), 40);
}

TEST_F(AccountsApi, WhoPlaysAnOfficialOfTheDemoHasJoinedAndWhoWasInvitedHasNot) {
  for (const accounts::DemoLogin& played :
       officials(county_.petition_office, housing_, water_, town_)) {
    write([&](Transaction& t) {
      ASSERT_TRUE(accounts::create_account(t, county_.region, played.account, {}, now_));
    });
  }
  ASSERT_EQ(ask(Method::post, "/api/v1/accounts",
                {{"login", "chen"},
                 {"display_name", "陈"},
                 {"role", "handler"},
                 {"unit", housing_.text()},
                 {"reason", "新来"}},
                "security")
                .status,
            201);
  std::map<std::string, std::string> states;
  const auto listed = json_of(ask(Method::get, "/api/v1/accounts", {}, "security"));
  for (const auto& one : listed.at("accounts").as_array()) {
    states[std::string(one.at("login").as_string())] = one.at("state").as_string();
  }
  EXPECT_EQ(states["clerk"], "active");
  EXPECT_EQ(states["security"], "active");
  EXPECT_EQ(states["chen"], "invited");
}

TEST_F(AccountsApi, OneAdministratorDoesNotDoTheWorkOfAnother) {
  EXPECT_EQ(ask(Method::get, "/api/v1/account_events", {}, "security").status, 403);
  EXPECT_EQ(ask(Method::get, "/api/v1/accounts", {}, "audit").status, 403);
  EXPECT_EQ(ask(Method::get, "/api/v1/account_events", {}, "auditor").status, 200);
  const Official system = official("sys.admin", "system_admin", {});
  EXPECT_EQ(ask(Method::get, "/api/v1/accounts", {}, {}, system.session).status, 403);
  EXPECT_EQ(ask(Method::get, "/api/v1/account_events", {}, {}, system.session).status, 403);
  EXPECT_EQ(ask(Method::post, "/api/v1/accounts", {}, {}, system.session).status, 403);
}

TEST_F(AccountsApi, TheLogTellsWhoDidWhatWithoutANameOrALogin) {
  const Official who = official("chenchen", "handler", housing_);
  ask(Method::put, "/api/v1/accounts/" + who.id + "/post",
      {{"role", "clerk"}, {"unit", water_.text()}, {"reason", "轮岗"}}, "security");
  const auto page =
      send({Method::get, "/api/v1/account_events", {}, {}, {{"limit", "1"}}, "auditor", {}});
  EXPECT_TRUE(json_of(page).at("next").is_string());
  const auto all = ask(Method::get, "/api/v1/account_events", {}, "auditor");
  EXPECT_EQ(all.body.find("chenchen"), std::string::npos);
  EXPECT_EQ(all.body.find("某某"), std::string::npos);
  EXPECT_NE(all.body.find("post_changed"), std::string::npos);
  EXPECT_NE(all.body.find("轮岗"), std::string::npos);
  EXPECT_EQ(ask(Method::get, "/api/v1/own", {}, {}, who.session).status, 401);
}

}  // namespace
}  // namespace minhu::web_api
