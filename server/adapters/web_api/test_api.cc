#include "adapters/web_api/test_api.h"

#include <fstream>
#include <sstream>

#include "features/administration/migrations.h"
#include "features/classes/lessons.h"
#include "features/classes/linking.h"
#include "features/classes/migrations.h"
#include "features/desk/migrations.h"
#include "features/insight/migrations.h"
#include "features/insight/sums.h"
#include "features/knowledge/migrations.h"
#include "features/matters/changes.h"
#include "features/matters/migrations.h"
#include "features/promises/migrations.h"
#include "features/receptions/migrations.h"
#include "features/rechecks/rechecks.h"
#include "features/visit_plans/migrations.h"
#include "features/visits/migrations.h"
#include "project_folder.h"

namespace minhu::web_api {

catalogue::Catalogues all_sentences() {
  const auto folder = project_folder() / "pages/messages";
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

namespace {

// The tables of the features behind the API that stand on cases.
std::span<const Migration> more_tables() {
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

// Pictures are the business of features/attachments; here a file is taken by its first bytes.
Result<cases::NewAttachment> take_upload(const http::Part& part) {
  if (!part.value.starts_with("\xFF\xD8")) {
    return fail(FaultCode::unsupported_media, "test.not_a_picture", part.name);
  }
  return cases::NewAttachment{"image/jpeg", to_bytes(part.value)};
}

// What a spreadsheet library makes of it is tested beside the library.
std::optional<std::string> write_workbook(std::span<const insight::Sheet> sheets) {
  return sheets.front().name;
}

// What the record really says is tested in features/record: here each of its answers once.
tl::expected<StepProof, Unproved> proof_of_step(Reading&, const cases::Context&, cases::CaseId,
                                                std::int64_t seq) {
  if (seq == 0) return StepProof{true, Sealed<std::string>("a promise"), 0, 0, Instant{1}};
  if (seq == 1) return StepProof{false, Sealed<std::string>("a proof"), 5, 8, Instant{1}};
  if (seq == 2) return StepProof{false, Sealed<std::string>("a proof"), 5, 8, {}};
  if (seq == 3) return tl::unexpected(Unproved::not_yet);
  if (seq == 4) return tl::unexpected(Unproved::does_not_fit);
  return tl::unexpected(Unproved::no_such_step);
}

}  // namespace

ApiWorld::ApiWorld()
    : World(more_tables()),
      sentences_(all_sentences()),
      sessions_(*database_, county_.region, entropy_, hasher_,
                {keyring_.account_seal, keyring_.account_hash},
                officials(county_.petition_office, housing_, water_, town_)),
      take_upload_(take_upload),
      write_workbook_(write_workbook),
      proofs_{proof_of_step, [](Reading&, cases::CaseId) { return std::string("a promise"); }},
      routes_(routes({installation_, sentences_, gate_, sessions_, guesses_, take_upload_,
                      [] { return Health{}; }, write_workbook_, matters_, accusations_,
                      provider_names_, classes::by_category_and_place(), proofs_, "2026-11"})),
      contract_(project_folder() / "api/openapi.yaml") {
  county_.derivations = {&insight::derivation(), &classes::leaving(), &classes::learning(),
                         &matters::derivation()};
  write([&](Transaction& t) {
    places_and_units::put_dispatch_rule(t, county_.region,
                                        {"water-anywhere", "minhu:02", "", water_, "三定方案"});
  });
}

ApiWorld::~ApiWorld() = default;

std::vector<accounts::DemoLogin> ApiWorld::officials(UnitId office, UnitId housing, UnitId water,
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

http::Response ApiWorld::send(Sent sent) {
  clock_.set(now_);
  http::Request request;
  request.method = sent.method;
  request.path = sent.path;
  request.headers = std::move(sent.headers);
  request.body = std::move(sent.body);
  request.query = std::move(sent.query);
  request.parts = std::move(sent.parts);
  request.client = "client";
  request.cookies.insert(sent.cookies.begin(), sent.cookies.end());
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

http::Response ApiWorld::post(const std::string& path, const std::string& body, Headers headers,
                              const std::string& login) {
  headers.emplace("idempotency-key", new_key());
  return send({Method::post, path, std::move(headers), body, {}, login, {}});
}

http::Response ApiWorld::get(const std::string& path, Headers headers, const std::string& login,
                             std::vector<std::pair<std::string, std::string>> query) {
  return send({Method::get, path, std::move(headers), {}, std::move(query), login, {}});
}

boost::json::object ApiWorld::json_of(const http::Response& response) {
  return boost::json::parse(response.body).as_object();
}

std::string ApiWorld::text_of(const http::Response& response, const char* member) {
  const auto object = json_of(response);
  const auto* found = object.if_contains(member);
  return found == nullptr || !found->is_string() ? "" : std::string(found->as_string());
}

std::string ApiWorld::told(const http::Response& response) {
  std::string out = std::to_string(response.status);
  if (response.status < 400) return out;
  out += " " + text_of(response, "code");
  const std::string field = text_of(response, "field");
  return field.empty() ? out : out + " " + field;
}

std::string ApiWorld::new_key() {
  std::string key = std::to_string(++keys_);
  return std::string(32 - key.size(), '0') + key;
}

http::Response ApiWorld::put(const std::string& path, const std::string& body,
                             const std::string& login) {
  return send({Method::put, path, {}, body, {}, login, {}});
}

ApiWorld::Held ApiWorld::hold(const http::Response& response) {
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

ApiWorld::Held ApiWorld::say(const std::string& text) {
  boost::json::object words{{"text", text}};
  return hold(post("/api/v1/cases", boost::json::serialize(words)));
}

http::Response ApiWorld::step(const Held& held, const std::string& login, const std::string& kind,
                              const boost::json::object& fields) {
  return post(held.office("/steps/" + kind),
              boost::json::serialize(boost::json::object{{"fields", fields}}), {}, login);
}

void ApiWorld::must_step(const Held& held, const std::string& login, const std::string& kind,
                         const boost::json::object& fields) {
  const auto response = step(held, login, kind, fields);
  ASSERT_EQ(response.status, 200) << kind << ": " << response.body;
}

http::Response ApiWorld::own_step(const Held& held, const std::string& kind,
                                  const boost::json::object& fields) {
  return post(held.path("/steps/" + kind),
              boost::json::serialize(boost::json::object{{"fields", fields}}), held.with());
}

boost::json::object ApiWorld::written_opinion(const char* outcome) {
  return {{"public_answer", "管道已经更换。"},
          {"outcome", outcome},
          {"request", "修好"},
          {"facts", "老化"},
          {"opinion", "更换"},
          {"basis", "条例"}};
}

boost::json::object ApiWorld::review_opinion() {
  boost::json::object opinion = written_opinion("explained");
  opinion["changed"] = "upheld";
  return opinion;
}

void ApiWorld::answer_case(const Held& held, UnitId unit, const std::string& login,
                           const char* outcome) {
  must_step(held, "dispatcher", "transferred", {{"unit", unit.text()}, {"reason", "职责"}});
  must_step(held, login, "signed_in");
  must_step(held, login, "accepted");
  must_step(held, login, "answered", written_opinion(outcome));
}

std::string ApiWorld::operation_of(const http::Route& route) const {
  static constexpr const char* names[] = {"get", "head", "post", "put", "patch", "delete"};
  return std::string(names[static_cast<std::size_t>(route.method)]) + " " +
         std::string(route.pattern);
}

const http::Route* ApiWorld::route_of(http::Request& request) const {
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

bool ApiWorld::fits(std::string_view pattern, std::string_view path,
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

}  // namespace minhu::web_api
