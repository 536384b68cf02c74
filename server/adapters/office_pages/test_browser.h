// For tests: a county with officials who sign in, and a browser that knows only what pages give it
// — it follows their addresses and sends their forms.
#pragma once

#include <map>

#include "adapters/office_pages/office_pages.h"
#include "features/accounts/accounts.h"
#include "features/accounts/totp.h"
#include "features/cases/test_world.h"
#include "features/desk/migrations.h"
#include "features/matters/migrations.h"
#include "office_test_sentences.h"

namespace minhu::office_pages {

using Fields = std::map<std::string, std::string, std::less<>>;

inline std::vector<std::string> segments_of(std::string_view path) {
  std::vector<std::string> segments;
  while (!path.empty()) {
    path.remove_prefix(1);
    const auto end = std::min(path.find('/'), path.size());
    segments.emplace_back(path.substr(0, end));
    path.remove_prefix(end);
  }
  return segments;
}

inline std::string between(std::string_view text, std::string_view from, std::string_view to,
                           std::size_t at = 0) {
  const auto begin = text.find(from, at);
  if (begin == std::string_view::npos) return {};
  const auto end = text.find(to, begin + from.size());
  return std::string(text.substr(begin + from.size(), end - begin - from.size()));
}

// The form of that action, from its opening tag to its end; empty when the page has none.
inline std::string form_in(std::string_view html, std::string_view action) {
  const auto at = html.find("action=\"" + std::string(action) + '"');
  if (at == std::string_view::npos) return {};
  return std::string(html.substr(at, html.find("</form>", at) - at));
}

inline Fields hidden_in(std::string_view form) {
  Fields hidden;
  for (auto at = form.find("type=\"hidden\""); at != std::string_view::npos;
       at = form.find("type=\"hidden\"", at + 1)) {
    hidden[between(form, "name=\"", "\"", at)] = between(form, "value=\"", "\"", at);
  }
  return hidden;
}

class Browser {
 public:
  explicit Browser(const std::vector<http::Route>& routes) : routes_(&routes) {}

  http::Response get(std::string_view address) {
    http::Request request = request_for(http::Method::get, address);
    return send(std::move(request));
  }
  http::Response post(std::string_view address, const Fields& fields,
                      std::map<std::string, std::string, std::less<>> headers = {}) {
    http::Request request = request_for(http::Method::post, address);
    request.headers = std::move(headers);
    for (const auto& [name, value] : fields) {
      request.parts.push_back({name, "", "", value, {}, value.size()});
    }
    return send(std::move(request));
  }
  http::Response post_file(std::string_view address, const Fields& fields, http::Part file) {
    http::Request request = request_for(http::Method::post, address);
    for (const auto& [name, value] : fields) {
      request.parts.push_back({name, "", "", value, {}, value.size()});
    }
    request.parts.push_back(std::move(file));
    return send(std::move(request));
  }

  std::string cookie;
  std::string language = "zh-CN";

 private:
  static http::Request request_for(http::Method method, std::string_view address) {
    http::Request request;
    request.method = method;
    request.client = "test";
    const auto question = address.find('?');
    request.path = address.substr(0, question);
    std::string_view query =
        question == std::string_view::npos ? std::string_view() : address.substr(question + 1);
    while (!query.empty()) {
      const auto end = std::min(query.find('&'), query.size());
      const std::string_view pair = query.substr(0, end);
      const auto equals = std::min(pair.find('='), pair.size());
      request.query.emplace_back(pair.substr(0, equals),
                                 pair.substr(std::min(equals + 1, pair.size())));
      query.remove_prefix(std::min(end + 1, query.size()));
    }
    return request;
  }

  http::Response send(http::Request request) {
    request.cookies["minhu-language"] = language;
    if (!cookie.empty()) request.cookies[std::string(accounts::session_cookie)] = cookie;
    const auto asked = segments_of(request.path);
    for (const http::Route& route : *routes_) {
      if (route.method != request.method) continue;
      const auto pattern = segments_of(route.pattern);
      if (pattern.size() != asked.size()) continue;
      std::vector<std::string> captures;
      bool fits = true;
      for (std::size_t i = 0; i < pattern.size(); ++i) {
        if (pattern[i].starts_with('{')) {
          captures.push_back(asked[i]);
        } else {
          fits = fits && pattern[i] == asked[i];
        }
      }
      if (!fits) continue;
      request.captures = std::move(captures);
      http::Response response = route.handle(request);
      for (const auto& [name, value] : response.headers) {
        const std::string own = std::string(accounts::session_cookie) + '=';
        if (name == "Set-Cookie" && value.starts_with(own)) cookie = between(value, own, ";");
      }
      return response;
    }
    ADD_FAILURE() << "no route for " << request.path;
    return {};
  }

  const std::vector<http::Route>* routes_;
};

inline std::string header(const http::Response& response, std::string_view name) {
  for (const auto& [key, value] : response.headers) {
    if (key == name) return value;
  }
  return {};
}

class OfficeWorld : public cases::World {
 protected:
  static std::span<const Migration> tables() {
    static const std::vector<Migration> all = [] {
      std::vector<Migration> steps;
      for (const auto feature : {matters::migrations(), desk::migrations()}) {
        steps.insert(steps.end(), feature.begin(), feature.end());
      }
      return steps;
    }();
    return all;
  }
  static constexpr std::string_view password = "correct horse battery";

  OfficeWorld() : World(tables()) {
    profile_.region = county_.region;
    profile_.name = county_.name;
    profile_.phone = "0570-1234567";
    constexpr std::array languages{std::string_view("zh-CN"), std::string_view("en")};
    auto read = catalogue::Catalogues::read(embedded::office_test_sentences(), languages);
    EXPECT_TRUE(read);
    catalogues_ = std::move(*read);
    routes_ = routes(installation_, catalogues_, profile_, gate_, sessions_, guesses_,
                     [](const http::Part& part) -> Result<cases::NewAttachment> {
                       if (part.content_type == "image/png") {
                         return cases::NewAttachment{"image/png", to_bytes(part.value)};
                       }
                       return fail(FaultCode::unsupported_media, "test.not_an_image", "files");
                     });
    write([&](Transaction& t) {
      namespace places = places_and_units;
      places::put_place(t, county_.region, {"339901101201", "339901101", "上溪村"});
      places::put_place(t, county_.region, {"339901102", "339901", "浦东镇"});
      places::put_place(t, county_.region, {"339901102201", "339901102", "上溪村"});
      places::put_category_word(t, county_.region, "minhu:01", "污水管");
      places::put_dispatch_rule(t, county_.region, {"r1", "minhu:01", "", housing_, "三定方案"});
      places::put_dispatch_rule(t, county_.region, {"r9", "", "", water_, "兜底"});
      places::put_dispatch_rule(t, county_.region,
                                {"r2", "minhu:02", "339901101", town_, "乡镇清单"});
    });
  }

  // Somebody of that role in that unit, signed in through the page.
  Browser official(accounts::Role role, UnitId unit) {
    const std::string login = std::string(accounts::name(role)) + std::to_string(++officials_);
    static const std::string hash =
        *accounts::PasswordHasher().hash(Sealed<std::string>(std::string(password)));
    write([&](Transaction& t) {
      accounts::Account account;
      account.id = entropy_.id<accounts::AccountId>(now_);
      account.login = login;
      account.display_name = "某某";
      account.principal = {role, unit, account.id};
      EXPECT_TRUE(accounts::create_account(t, county_.region, account, hash, now_));
    });
    Browser browser(routes_);
    const http::Response response =
        browser.post("/office/sign-in", {{"login", login}, {"password", std::string(password)}});
    EXPECT_EQ(response.status, 303);
    const std::string half_open = browser.cookie;
    enrol(browser);
    EXPECT_NE(browser.cookie, half_open);
    return browser;
  }

  // With an authenticator app, which reads the secret off the page.
  std::string enrol(Browser& browser) {
    const http::Response page = browser.get("/office/second-factor");
    const std::string typed = between(page.body, "<code class=\"secret\">", "<");
    Bytes secret;
    std::uint32_t waiting = 0;
    unsigned bits = 0;
    for (const char c : typed) {
      waiting = (waiting << 5U) | static_cast<std::uint32_t>(
                                      std::string_view("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567").find(c));
      bits += 5;
      if (bits < 8) continue;
      bits -= 8;
      secret.push_back(static_cast<std::uint8_t>(waiting >> bits));
      waiting &= (1U << bits) - 1U;
    }
    const http::Response codes =
        browser.post("/office/second-factor",
                     {{"code", accounts::totp_code(secret, accounts::totp_step(clock_.now()))}});
    EXPECT_EQ(codes.status, 200) << codes.body;
    return codes.body;
  }

  static std::string case_address(cases::CaseId id) { return "/office/cases/" + id.text(); }
  static std::string step_address(cases::CaseId id, cases::EventKind kind) {
    return case_address(id) + "/steps/" + std::string(cases::name(kind));
  }

  // Opens the case, fills in the form of the step and sends it. Every field must be one that the
  // form has.
  http::Response fill_in(Browser& browser, cases::CaseId id, cases::EventKind kind,
                         const Fields& fields = {}) {
    const http::Response page = browser.get(case_address(id));
    EXPECT_EQ(page.status, 200) << cases::name(kind);
    const std::string form = form_in(page.body, step_address(id, kind));
    EXPECT_FALSE(form.empty()) << cases::name(kind);
    Fields sent = hidden_in(form);
    for (const auto& [name, value] : fields) {
      EXPECT_NE(form.find("name=\"" + name + '"'), std::string::npos) << name;
      sent[name] = value;
    }
    return browser.post(step_address(id, kind), sent);
  }
  void must_fill_in(Browser& browser, cases::CaseId id, cases::EventKind kind,
                    const Fields& fields = {}) {
    const http::Response response = fill_in(browser, id, kind, fields);
    EXPECT_EQ(response.status, 303) << cases::name(kind) << '\n' << response.body;
  }

  // The officials' clock goes with the world's.
  void pass_days_here(std::int64_t days) {
    pass_days(days);
    clock_.set(now_);
  }

  places_and_units::CountyProfile profile_;
  catalogue::Catalogues catalogues_;
  system::ManualClock clock_{now_};
  accounts::PasswordHasher hasher_{accounts::nearly_free_for_tests};
  accounts::Sessions sessions_{*database_,
                               county_.region,
                               entropy_,
                               hasher_,
                               {keyring_.account_seal, keyring_.account_hash}};
  accounts::Gate gate_{sessions_, clock_};
  accounts::Guesses guesses_;
  cases::Installation installation_{*database_, county_, keyring_, entropy_, clock_};
  std::vector<http::Route> routes_;
  int officials_ = 0;
};

}  // namespace minhu::office_pages
