// For tests: the routes of /api/v1 over a real database, with an official for every role, and the
// contract looking over every answer.
#pragma once

#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "adapters/web_api/test_contract.h"
#include "adapters/web_api/web_api.h"
#include "features/administration/migrations.h"
#include "features/cases/test_world.h"
#include "features/classes/lessons.h"
#include "features/classes/linking.h"
#include "features/classes/migrations.h"
#include "features/desk/migrations.h"
#include "features/insight/migrations.h"
#include "features/insight/sums.h"
#include "features/knowledge/migrations.h"
#include "features/matters/changes.h"
#include "features/matters/matters.h"
#include "features/matters/migrations.h"
#include "features/promises/migrations.h"
#include "features/receptions/migrations.h"
#include "features/rechecks/rechecks.h"
#include "features/visit_plans/migrations.h"
#include "features/visits/migrations.h"

namespace minhu::web_api {

inline catalogue::Catalogues all_sentences() {
  const auto folder = std::filesystem::path(MINHU_SOURCE_DIR) / "pages/messages";
  static std::deque<std::pair<std::string, std::string>> texts;
  std::vector<EmbeddedFile> files;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    if (entry.path().extension() != ".json") continue;
    std::ostringstream text;
    text << std::ifstream(entry.path(), std::ios::binary).rdbuf();
    texts.emplace_back(entry.path().lexically_relative(folder).string(), text.str());
    files.push_back({texts.back().first, texts.back().second});
  }
  static constexpr std::array languages{std::string_view("zh-CN"), std::string_view("en")};
  return catalogue::Catalogues::read(files, languages).value();
}

class ApiWorld : public cases::World {
 protected:
  using Method = http::Method;
  using Headers = std::map<std::string, std::string, std::less<>>;

  // The tables of the features behind the API that stand on cases.
  static std::span<const Migration> more_tables() {
    static const std::vector<Migration> all = [] {
      std::vector<Migration> steps;
      for (const std::span<const Migration> feature :
           {matters::migrations(), desk::migrations(), knowledge::migrations(),
            administration::migrations(), insight::migrations(), rechecks::migrations(),
            classes::migrations(), accusations::migrations(), visits::migrations(),
            receptions::migrations(), visit_plans::migrations(), promises::migrations()}) {
        steps.insert(steps.end(), feature.begin(), feature.end());
      }
      return steps;
    }();
    return all;
  }

  ApiWorld() : World(more_tables()) {
    county_.derivations = {&insight::derivation(), &classes::leaving(), &classes::learning(),
                           &matters::derivation()};
    write([&](Transaction& t) {
      places_and_units::put_dispatch_rule(t, county_.region,
                                          {"water-anywhere", "minhu:02", "", water_, "三定方案"});
    });
  }

  static std::vector<accounts::DemoLogin> officials(UnitId office, UnitId housing, UnitId water,
                                                    UnitId town) {
    std::vector<accounts::DemoLogin> logins;
    const auto add = [&](const char* login, Role role, UnitId unit) {
      accounts::AccountId id(Uuid{9, static_cast<std::uint8_t>(logins.size() + 1)});
      logins.push_back({{id, login, login, {role, unit, id}}, "a good password"});
    };
    add("clerk", Role::clerk, office);
    add("dispatcher", Role::dispatcher, office);
    add("caller", Role::caller, office);
    add("rechecker", Role::handler, office);
    add("handler", Role::handler, housing);
    add("head", Role::unit_head, housing);
    add("water", Role::handler, water);
    add("town", Role::handler, town);
    add("auditor", Role::auditor, office);
    add("system_admin", Role::system_admin, office);
    add("audit_admin", Role::audit_admin, office);
    add("security", Role::security_admin, {});
    add("audit", Role::audit_admin, {});
    add("supervisor", Role::supervisor, office);
    add("leader", Role::leader, office);
    add("own_caller", Role::caller, housing);
    add("other_dispatcher", Role::dispatcher, office);
    return logins;
  }

  struct Sent {
    Method method = Method::get;
    std::string path;
    Headers headers;
    std::string body;
    std::vector<std::pair<std::string, std::string>> query;
    std::string login;  // of an official who signs in for this request
    std::vector<http::Part> parts;
    std::string session = {};  // the token of one that is there
  };

  // Finds the route as the server does, calls it, and holds the answer against the contract.
  http::Response send(Sent sent) {
    clock_.set(now_);
    http::Request request;
    request.method = sent.method;
    request.path = sent.path;
    request.headers = std::move(sent.headers);
    request.body = std::move(sent.body);
    request.query = std::move(sent.query);
    request.parts = std::move(sent.parts);
    request.client = "client";
    if (!sent.login.empty()) {
      const auto token =
          sessions_.sign_in(sent.login, Sealed<std::string>(std::string("a good password")), now_);
      EXPECT_TRUE(token) << sent.login;
      request.cookies[std::string(accounts::session_cookie)] = *token;
      request.headers.emplace(accounts::desk_header, "1");
    }
    if (!sent.session.empty()) {
      request.cookies[std::string(accounts::session_cookie)] = sent.session;
      request.headers.emplace(accounts::desk_header, "1");
    }
    const http::Route* route = route_of(request);
    if (route == nullptr) {
      ADD_FAILURE() << "no route for " << sent.path;
      return {};
    }
    http::Response response = route->handle(request);
    const std::string name = operation_of(*route);
    answered_.insert(name + " " + std::to_string(response.status));
    EXPECT_EQ(contract_.fault_of(name, response), "") << name << " " << response.status;
    return response;
  }

  // For requests that keep something: with a new key, unless one is given.
  http::Response post(const std::string& path, const std::string& body, Headers headers = {},
                      const std::string& login = {}) {
    headers.emplace("idempotency-key", new_key());
    return send({Method::post, path, std::move(headers), body, {}, login, {}});
  }
  http::Response get(const std::string& path, Headers headers = {}, const std::string& login = {},
                     std::vector<std::pair<std::string, std::string>> query = {}) {
    return send({Method::get, path, std::move(headers), {}, std::move(query), login, {}});
  }

  static boost::json::object json_of(const http::Response& response) {
    return boost::json::parse(response.body).as_object();
  }
  static std::string text_of(const http::Response& response, const char* member) {
    const auto object = json_of(response);
    const auto* found = object.if_contains(member);
    return found == nullptr || !found->is_string() ? "" : std::string(found->as_string());
  }
  // "201", or "400 api.unknown_field text".
  static std::string told(const http::Response& response) {
    std::string out = std::to_string(response.status);
    if (response.status < 400) return out;
    out += " " + text_of(response, "code");
    const std::string field = text_of(response, "field");
    return field.empty() ? out : out + " " + field;
  }

  std::string new_key() {
    std::string key = std::to_string(++keys_);
    return std::string(32 - key.size(), '0') + key;
  }

  http::Response put(const std::string& path, const std::string& body, const std::string& login) {
    return send({Method::put, path, {}, body, {}, login, {}});
  }

  struct Held {
    std::string number;
    std::string code;
    std::string id;
    std::string path(const std::string& rest = {}) const {
      return "/api/v1/receipts/" + number + rest;
    }
    std::string office(const std::string& rest = {}) const { return "/api/v1/cases/" + id + rest; }
    Headers with() const { return {{"x-query-code", code}}; }
  };
  Held hold(const http::Response& response) {
    EXPECT_EQ(response.status, 201) << response.body;
    Held held;
    held.number = text_of(response, "number");
    held.code = text_of(response, "query_code");
    held.id = database_->read([&](Reading& reading) {
      return cases::find_by_number(reading, speaker(), *cases::parse_number(held.number))
          .value()
          .text();
    });
    return held;
  }
  Held say(const std::string& text = "村口的污水管破了，味道很大。") {
    boost::json::object words{{"text", text}};
    return hold(post("/api/v1/cases", boost::json::serialize(words)));
  }
  http::Response step(const Held& held, const std::string& login, const std::string& kind,
                      const boost::json::object& fields = {}) {
    return post(held.office("/steps/" + kind),
                boost::json::serialize(boost::json::object{{"fields", fields}}), {}, login);
  }
  void must_step(const Held& held, const std::string& login, const std::string& kind,
                 const boost::json::object& fields = {}) {
    const auto response = step(held, login, kind, fields);
    ASSERT_EQ(response.status, 200) << kind << ": " << response.body;
  }
  http::Response own_step(const Held& held, const std::string& kind,
                          const boost::json::object& fields = {}) {
    return post(held.path("/steps/" + kind),
                boost::json::serialize(boost::json::object{{"fields", fields}}), held.with());
  }
  static boost::json::object written_opinion(const char* outcome) {
    return {{"public_answer", "管道已经更换。"},
            {"outcome", outcome},
            {"request", "修好"},
            {"facts", "老化"},
            {"opinion", "更换"},
            {"basis", "条例"}};
  }
  static boost::json::object review_opinion() {
    boost::json::object opinion = written_opinion("explained");
    opinion["changed"] = "upheld";
    return opinion;
  }
  void answer_case(const Held& held, UnitId unit, const std::string& login,
                   const char* outcome = "supported") {
    must_step(held, "dispatcher", "transferred", {{"unit", unit.text()}, {"reason", "职责"}});
    must_step(held, login, "signed_in");
    must_step(held, login, "accepted");
    must_step(held, login, "answered", written_opinion(outcome));
  }

  std::string operation_of(const http::Route& route) const {
    static constexpr const char* names[] = {"get", "head", "post", "put", "patch", "delete"};
    return std::string(names[static_cast<std::size_t>(route.method)]) + " " +
           std::string(route.pattern);
  }
  const http::Route* route_of(http::Request& request) const {
    for (const http::Route& route : routes_) {
      if (route.method != request.method) continue;
      std::vector<std::string> captures;
      if (fits(route.pattern, request.path, captures)) {
        request.captures = std::move(captures);
        return &route;
      }
    }
    return nullptr;
  }
  static bool fits(std::string_view pattern, std::string_view path,
                   std::vector<std::string>& captures) {
    while (!pattern.empty() && !path.empty()) {
      const auto a = std::min(pattern.find('/', 1), pattern.size());
      const auto b = std::min(path.find('/', 1), path.size());
      if (pattern[1] == '{') {
        captures.emplace_back(path.substr(1, b - 1));
      } else if (pattern.substr(0, a) != path.substr(0, b)) {
        return false;
      }
      pattern.remove_prefix(a);
      path.remove_prefix(b);
    }
    return pattern.empty() && path.empty();
  }

  system::ManualClock clock_{now_};
  cases::Installation installation_{*database_, county_, keyring_, entropy_, clock_};
  catalogue::Catalogues sentences_ = all_sentences();
  accounts::PasswordHasher hasher_;
  accounts::Sessions sessions_{*database_,
                               county_.region,
                               entropy_,
                               hasher_,
                               {keyring_.account_seal, keyring_.account_hash},
                               officials(county_.petition_office, housing_, water_, town_)};
  accounts::Gate gate_{sessions_, clock_};
  accounts::Guesses guesses_;
  accusations::Ground accusations_{installation_, hasher_};
  // Pictures are the business of features/attachments; here a file is taken by its first bytes.
  TakeUpload take_upload_ = [](const http::Part& part) -> Result<cases::NewAttachment> {
    if (!part.value.starts_with("\xFF\xD8")) {
      return fail(FaultCode::unsupported_media, "test.not_a_picture", part.name);
    }
    return cases::NewAttachment{"image/jpeg", to_bytes(part.value)};
  };
  // What a spreadsheet library makes of it is tested beside the library.
  WriteWorkbook write_workbook_ =
      [](std::span<const insight::Sheet> sheets) -> std::optional<std::string> {
    return sheets.front().name;
  };
  // What the record really says is tested in features/record: here each of its answers once.
  Proofs proofs_{[](Reading&, const cases::Context&, cases::CaseId,
                    std::int64_t seq) -> tl::expected<StepProof, Unproved> {
                   if (seq == 0)
                     return StepProof{true, Sealed<std::string>("a promise"), 0, 0, Instant{1}};
                   if (seq == 1)
                     return StepProof{false, Sealed<std::string>("a proof"), 5, 8, Instant{1}};
                   if (seq == 2) return StepProof{false, Sealed<std::string>("a proof"), 5, 8, {}};
                   if (seq == 3) return tl::unexpected(Unproved::not_yet);
                   if (seq == 4) return tl::unexpected(Unproved::does_not_fit);
                   return tl::unexpected(Unproved::no_such_step);
                 },
                 [](Reading&, cases::CaseId) { return std::string("a promise"); }};
  matters::Matters matters_{installation_};
  accounts::ProviderNames provider_names_{{"zh-CN", "统一登录"}, {"en", "the county's sign-in"}};
  std::vector<http::Route> routes_ =
      routes({installation_, sentences_, gate_, sessions_, guesses_, take_upload_,
              [] { return Health{}; }, write_workbook_, matters_, accusations_, provider_names_,
              classes::by_category_and_place(), proofs_, "2026-11"});
  Contract contract_{std::filesystem::path(MINHU_SOURCE_DIR) / "api/openapi.yaml"};
  std::set<std::string> answered_;
  int keys_ = 0;
};

}  // namespace minhu::web_api
