// The walls around every route: who is let in at all, requests that another site makes a browser
// send, and the headers of every answer.
#include <gtest/gtest.h>

#include <cstdio>

#include "cells.h"
#include "features/accounts/gate.h"
#include "words.h"

namespace minhu::permission_matrix {
namespace {

// One request a route: that of its first line.
std::vector<const Door*> one_a_route() {
  std::vector<const Door*> all;
  std::set<std::string> seen;
  for (const Door& door : doors()) {
    if (seen.insert(std::string(name_of(door.method)) + std::string(door.pattern)).second)
      all.push_back(&door);
  }
  return all;
}

const http::Route& route_of(const Door& door) {
  for (const http::Route& route : House::get().routes()) {
    if (route.method == door.method && route.pattern == door.pattern) return route;
  }
  throw std::runtime_error("no route " + std::string(door.pattern));
}

Asked request_of(const Door& door, const Matter& matter) {
  return request_for(door, ids_of(door, matter));
}

std::string called(const Door& door) {
  return std::string(name_of(door.method)) + " " + std::string(door.pattern);
}

bool leads_to_sign_in(const Told& told) {
  return told.status == 401 ||
         (told.status == 303 && told.header("location").starts_with("/office/sign-in"));
}

TEST(Walls, NobodyIsLetInWhereAPermissionStands) {
  House& house = House::get();
  const Matter& matter = house.here().matter("answered");
  int asked = 0;
  for (const Door* door : one_a_route()) {
    const std::string_view permission = route_of(*door).permission;
    if (permission == "public" || permission.starts_with("receipt:")) continue;
    const Told told = house.ask_raw(request_of(*door, matter));
    EXPECT_TRUE(leads_to_sign_in(told)) << called(*door) << ": " << told.status;
    EXPECT_TRUE(canaries_in(told.body).empty()) << called(*door);
    ++asked;
  }
  EXPECT_GT(asked, 20);
}

// The permission that stands on the line is the one that is asked for: a role without it stops
// there, whatever the rest of the request says.
TEST(Walls, ARoleWithoutThePermissionOfTheLineStopsThere) {
  House& house = House::get();
  const Matter& matter = house.here().matter("answered");
  int asked = 0;
  for (const Door* door : one_a_route()) {
    const std::string_view permission = route_of(*door).permission;
    if (permission == "public" || permission.starts_with("receipt:")) continue;
    std::set<std::string_view> roles;
    for (const Person& person : people()) {
      if (person.holds != Holds::session || !roles.insert(person.role).second) continue;
      if (accounts::role_has(*accounts::role_named(person.role), permission)) continue;
      const Told told = house.ask(person, request_of(*door, matter));
      EXPECT_TRUE(told.status == 403 || told.status == 404)
          << called(*door) << " let " << person.role << " in: " << told.status;
      ++asked;
    }
  }
  EXPECT_GT(asked, 80);
}

struct Shape {
  const char* browser;
  std::vector<std::pair<std::string, std::string>> headers;
};

// What Chromium, Firefox and Safari send along when a page of another site posts here; and what a
// Safari did that did not yet know Sec-Fetch-Site.
const std::vector<Shape>& foreign_shapes() {
  static const std::vector<Shape> shapes{
      {"Chromium, another site",
       {{"Sec-Fetch-Site", "cross-site"},
        {"Sec-Fetch-Mode", "navigate"},
        {"Origin", "https://evil.example"}}},
      {"Chromium, a subdomain",
       {{"Sec-Fetch-Site", "same-site"},
        {"Sec-Fetch-Mode", "navigate"},
        {"Origin", "https://other.minhu.example"}}},
      {"Chromium, a sandboxed frame",
       {{"Sec-Fetch-Site", "cross-site"}, {"Sec-Fetch-Mode", "no-cors"}, {"Origin", "null"}}},
      {"Firefox, another site",
       {{"Sec-Fetch-Site", "cross-site"},
        {"Sec-Fetch-Mode", "cors"},
        {"Origin", "https://evil.example"},
        {"Referer", "https://evil.example/"}}},
      {"Firefox, no Origin", {{"Sec-Fetch-Site", "cross-site"}, {"Sec-Fetch-Mode", "no-cors"}}},
      {"Safari, another site", {{"Origin", "https://evil.example"}}},
      {"Safari, a sandboxed frame", {{"Origin", "null"}}},
      {"Safari, a name that begins like ours", {{"Origin", "http://127.0.0.1.evil.example"}}},
      {"Safari, our name with another port", {{"Origin", "http://127.0.0.1:1"}}},
  };
  return shapes;
}

TEST(Walls, NothingThatAnotherSiteSendsIsAccepted) {
  House& house = House::get();
  const std::string before = house.here().now_of("answered");
  int sent = 0;
  for (const Door* door : one_a_route()) {
    if (!is_unsafe(door->method)) continue;
    for (const Person& person : people()) {
      if (person.name != "dispatcher" && person.name != "caller" && person.name != "speaker")
        continue;
      Ids ids = ids_for({*door, person, subject_of(*door) == Subject::none ? "-" : "answered"});
      Asked honest = request_for(*door, ids);
      if (person.holds == Holds::session)
        honest.headers.emplace_back("Cookie", house.session_of(person));
      for (const Shape& shape : foreign_shapes()) {
        // A form of another site can also send a body under a type that needs no leave.
        for (const std::string& type : {honest.content_type, std::string("text/plain"),
                                        std::string("application/x-www-form-urlencoded"),
                                        std::string("multipart/form-data; boundary=zz")}) {
          Asked asked = honest;
          asked.content_type = asked.body.empty() ? "" : type;
          asked.headers.insert(asked.headers.end(), shape.headers.begin(), shape.headers.end());
          const Told told = house.ask_raw(asked);
          EXPECT_TRUE(told.status >= 400 && told.status < 500)
              << called(*door) << ", " << shape.browser << ", " << type << ": " << told.status;
          if (type == honest.content_type) {
            EXPECT_EQ(told.status, 403)
                << called(*door) << ", " << shape.browser << ", " << person.name;
          }
          ++sent;
        }
      }
    }
  }
  EXPECT_EQ(house.here().now_of("answered"), before);
  EXPECT_GT(sent, 1000);
  std::printf("%d requests of other sites\n", sent);
}

// A browser that says nothing of where a request comes from: no form can set a header.
TEST(Walls, ASessionChangesNothingThroughTheApiWithoutTheHeaderOfTheDesk) {
  House& house = House::get();
  int sent = 0;
  for (const Door* door : one_a_route()) {
    const std::string_view permission = route_of(*door).permission;
    const bool with_session = permission != "public" && !permission.starts_with("receipt:");
    if (!is_unsafe(door->method) || !with_session || !door->pattern.starts_with("/api/")) continue;
    for (const Person& person : people()) {
      if (person.holds != Holds::session) continue;
      Asked asked = request_of(*door, house.here().matter("answered"));
      asked.headers.emplace_back("Cookie", house.session_of(person));
      EXPECT_EQ(house.ask_raw(asked).status, 403) << called(*door) << " " << person.name;
      ++sent;
    }
  }
  EXPECT_GT(sent, 100);
}

TEST(Walls, NothingChangesByGet) {
  // What a link or a picture of another site can make a browser ask for.
  House& house = House::get();
  const std::string before = house.here().now_of("answered") + house.here().now_of("new");
  for (const Door* door : one_a_route()) {
    if (is_unsafe(door->method)) continue;
    for (const Person& person : people()) {
      if (person.name != "dispatcher" && person.name != "speaker") continue;
      (void)house.ask(
          person,
          request_for(*door, ids_for({*door, person,
                                      subject_of(*door) == Subject::none ? "-" : "answered"})));
    }
  }
  EXPECT_EQ(house.here().now_of("answered") + house.here().now_of("new"), before);
}

void expect_safe_headers(const Told& told, const std::string& what) {
  const auto has = [&](const char* header, std::string_view text) {
    EXPECT_NE(told.header(header).find(text), std::string::npos)
        << what << " " << told.status << ": " << header << " is \"" << told.header(header) << "\"";
  };
  has("content-security-policy", "default-src 'none'");
  has("x-content-type-options", "nosniff");
  // Leaving the pages of reports says to nobody where one was.
  has("referrer-policy", what == "GET /jubao/leave" ? "no-referrer" : "same-origin");
  has("cross-origin-opener-policy", "same-origin");
  has("cross-origin-resource-policy", "same-origin");
  has("permissions-policy", "camera=()");
  has("strict-transport-security", "max-age=31536000");
  EXPECT_FALSE(told.header("cache-control").empty()) << what;
  EXPECT_EQ(told.header("server"), "") << what;
  EXPECT_EQ(told.header("x-powered-by"), "") << what;
  EXPECT_EQ(told.header("access-control-allow-origin"), "") << what;
  EXPECT_EQ(told.header("content-security-policy").find("unsafe-"), std::string::npos) << what;
  std::istringstream cookies(told.header("set-cookie"));
  for (std::string cookie; std::getline(cookies, cookie);) {
    // The language is no secret, and a link from elsewhere may arrive in it.
    if (cookie.starts_with("minhu-language=")) continue;
    for (const char* part : {"; HttpOnly", "; SameSite=Strict", "; Secure", "Path=/"}) {
      EXPECT_NE(cookie.find(part), std::string::npos)
          << what << ": " << cookie.substr(0, cookie.find('=')) << " without " << part;
    }
  }
  // What a person said, or who they are, is in no cache.
  if (!canaries_in(told.body).empty()) has("cache-control", "no-store");
}

TEST(Walls, EveryAnswerCarriesItsHeaders) {
  House& house = House::get();
  const auto over_tls = [](Asked asked) {
    asked.headers.emplace_back("X-Forwarded-Proto", "https");
    return asked;
  };
  int answers = 0;
  for (const Door* door : one_a_route()) {
    for (const Person& person : people()) {
      if (person.name != "anonymous" && person.name != "speaker" && person.name != "caller" &&
          person.name != "audit_admin")
        continue;
      for (const std::string_view state : subject_of(*door) == Subject::none
                                              ? std::vector<std::string_view>{"-"}
                                              : std::vector<std::string_view>{"answered", "held"}) {
        if (door->manner == Manner::once) continue;
        expect_safe_headers(
            house.ask(person, over_tls(request_for(*door, ids_for({*door, person, state})))),
            called(*door));
        ++answers;
      }
    }
  }
  const Asked errors[] = {
      {http::Method::get, "/no/such/page", {}, {}, {}},
      {http::Method::get, "/api/v1/nothing", {}, {}, {}},
      {http::Method::put, "/api/v1/cases", "{}", "application/json", {}},
      {http::Method::delete_, "/t", {}, {}, {}},
      {http::Method::post, "/api/v1/cases", "{", "application/json", {}},
      {http::Method::post, "/api/v1/cases", "x", "text/plain", {}},
      {http::Method::post, "/api/v1/cases", std::string(100'000, 'x'), "application/json", {}},
      {http::Method::get, "/assets/..%2f..%2fminhu.key", {}, {}, {}},
  };
  for (const Asked& error : errors) {
    const Told told = house.ask_raw(over_tls(error), "10.9.9.9");
    EXPECT_GE(told.status, 400) << error.target;
    expect_safe_headers(told, error.target);
    ++answers;
  }
  std::printf("%d answers looked at\n", answers);
}

// Roughly: the answer for a held case and for none take the same time, in the middle of many.
TEST(Walls, AHeldCaseTakesAsLongToRefuseAsNone) {
  House& house = House::get();
  const Person* dispatcher = nullptr;
  for (const Person& person : people()) {
    if (person.name == "dispatcher") dispatcher = &person;
  }
  const auto middle = [&](const std::string& id) {
    std::vector<std::int64_t> took;
    for (int i = 0; i < 101; ++i) {
      const auto start = std::chrono::steady_clock::now();
      const Told told =
          house.ask(*dispatcher, {http::Method::get, "/api/v1/cases/" + id, {}, {}, {}});
      took.push_back(std::chrono::duration_cast<std::chrono::microseconds>(
                         std::chrono::steady_clock::now() - start)
                         .count());
      EXPECT_EQ(told.status, 404);
    }
    std::sort(took.begin(), took.end());
    return took[took.size() / 2];
  };
  const std::int64_t held = middle(house.here().matter("held").id);
  const std::int64_t none = middle("0190aaaa-0000-7000-8000-00000000beef");
  std::printf("held %lld us, none %lld us\n", static_cast<long long>(held),
              static_cast<long long>(none));
  EXPECT_LT(std::abs(held - none), 5'000);
}

}  // namespace
}  // namespace minhu::permission_matrix
