// For tests: a house with a provider, officials linked to it, and browsers that come and go.
#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "adapters/openid/openid.h"
#include "adapters/openid/test_provider.h"
#include "features/accounts/gate.h"
#include "features/accounts/test_officials.h"

namespace minhu::openid {

using accounts::Role;
namespace json = boost::json;

struct TestClock : Clock {
  explicit TestClock(const Instant& shown) : now_(shown) {}
  Instant now() const override { return now_; }
  const Instant& now_;
};

inline const SigningKey& rsa() {
  static const SigningKey key("rsa", Algorithm::rs256);
  return key;
}
inline const SigningKey& elliptic() {
  static const SigningKey key("ec", Algorithm::es256);
  return key;
}

struct Browser {
  std::map<std::string, std::string, std::less<>> cookies;

  void keep(const http::Response& response) {
    for (const auto& [name, value] : response.headers) {
      if (name != "Set-Cookie") continue;
      const auto equals = value.find('=');
      const std::string cookie = value.substr(0, equals);
      const std::string content = value.substr(equals + 1, value.find(';') - equals - 1);
      if (content.empty()) {
        cookies.erase(cookie);
      } else {
        cookies[cookie] = content;
      }
    }
  }
};

inline std::string header_of(const http::Response& response, std::string_view wanted) {
  for (const auto& [name, value] : response.headers) {
    if (name == wanted) return value;
  }
  return {};
}

class OpenId : public accounts::Officials {
 protected:
  OpenId() : provider_(now_.unix_ms / 1000) {
    provider_.published = {&rsa(), &elliptic()};
    provider_.signs = &rsa();
    settings_.issuer = provider_.issuer();
    settings_.client_id = "minhu";
    settings_.client_secret = Sealed<std::string>("top secret");
    settings_.public_url = "http://127.0.0.1:1";
    settings_.names = {{"zh-CN", "统一登录"}, {"en", "the county's sign-in"}};
    open();
  }
  static Pages pages() {
    return {[](const http::Request&, const std::string& address) {
              return http::html("on").with("Refresh", "0; url=" + address);
            },
            [](const http::Request&, const Fault& fault, const std::string& back) {
              return http::html(fault.key, http::status_of(fault.code)).with("Back", back);
            }};
  }
  void open() {
    routes_ = routes({sessions_, clock_, entropy_, pages(),
                      [this](const std::string& reason) { noted_ = reason; }},
                     settings_);
  }
  http::Response ask(Browser& browser, http::Method method, std::string_view pattern,
                     std::vector<std::pair<std::string, std::string>> query = {},
                     std::vector<http::Part> parts = {}) {
    http::Request request;
    request.method = method;
    request.path = std::string(pattern);
    request.query = std::move(query);
    request.parts = std::move(parts);
    request.cookies = browser.cookies;
    for (const http::Route& route : routes_) {
      if (route.method != method || route.pattern != pattern) continue;
      http::Response response = route.handle(request);
      browser.keep(response);
      return response;
    }
    ADD_FAILURE() << pattern;
    return {};
  }
  // Begins; gives the address of the provider.
  std::string begin(Browser& browser, const std::string& next = "/desk/queue?part=lead") {
    const auto response = ask(browser, http::Method::get, "/session/openid", {{"next", next}});
    EXPECT_EQ(response.status, 303) << response.body;
    return header_of(response, "Location");
  }
  static std::string state_of(const std::string& address) {
    return std::string((*boost::urls::url_view(address).params().find("state")).value);
  }
  http::Response come_back(Browser& browser, const std::string& state, const std::string& code) {
    return ask(browser, http::Method::get, "/session/openid/return",
               {{"state", state}, {"code", code}});
  }
  http::Response sign_in(Browser& browser) {
    const std::string address = begin(browser);
    return come_back(browser, state_of(address), provider_.let_in(address));
  }
  // The body says which fault it was, `noted_` why.
  void expect_refused(std::string_view key, std::string_view reason) {
    Browser browser;
    const auto response = sign_in(browser);
    EXPECT_EQ(response.body, key);
    EXPECT_NE(noted_.find(reason), std::string::npos) << noted_;
    EXPECT_FALSE(browser.cookies.contains(accounts::session_cookie));
  }
  void link(const accounts::Account& account, const char* subject = "subject-1") {
    EXPECT_TRUE(database_->write_job([&](Transaction& transaction) -> Outcome {
      accounts::put_openid_link(
          transaction, ground_,
          accounts::openid_subject_hash(ground_.keys, provider_.issuer(), subject), account.id,
          now_);
      return {};
    }));
  }
  std::optional<accounts::Seat> seat(const Browser& browser) {
    const auto cookie = browser.cookies.find(accounts::session_cookie);
    if (cookie == browser.cookies.end()) return std::nullopt;
    return sessions_.seat(cookie->second, now_);
  }

  TestClock clock_{now_};
  TestProvider provider_;
  Settings settings_;
  std::vector<http::Route> routes_;
  std::string noted_;
};

}  // namespace minhu::openid
