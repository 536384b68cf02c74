// For tests: a county with its pages open, and a browser without JavaScript that keeps cookies as
// browsers do.
#pragma once

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <list>
#include <sstream>

#include "adapters/pages/pages.h"
#include "features/cases/test_world.h"
#include "features/classes/linking.h"
#include "features/classes/migrations.h"
#include "features/drafts/migrations.h"
#include "features/insight/migrations.h"
#include "features/insight/sums.h"
#include "features/promises/migrations.h"
#include "features/record/migrations.h"
#include "features/visit_plans/migrations.h"
#include "features/visits/migrations.h"
#include "project_folder.h"

namespace minhu::pages {

inline std::string read_whole(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream out;
  out << in.rdbuf();
  return out.str();
}

// Every file of sentences as it lies in the repository.
class SentenceFiles {
 public:
  SentenceFiles() {
    const auto folder = project_folder() / "pages" / "messages";
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
      if (entry.path().extension() != ".json") continue;
      names_.push_back(std::filesystem::relative(entry.path(), folder).generic_string());
      texts_.push_back(read_whole(entry.path()));
      files_.push_back({names_.back(), texts_.back()});
    }
  }
  std::span<const EmbeddedFile> files() const { return files_; }
  catalogue::Catalogues read() const {
    constexpr std::array languages{std::string_view("zh-CN"), std::string_view("en")};
    auto all = catalogue::Catalogues::read(files_, languages);
    EXPECT_TRUE(all) << (all ? "" : all.error().details.at("reason"));
    return std::move(*all);
  }

 private:
  std::list<std::string> names_;
  std::list<std::string> texts_;
  std::vector<EmbeddedFile> files_;
};

class PagesWorld : public cases::World {
  // Of the features that the pages stand on besides cases.
  static std::span<const Migration> tables() {
    static const std::vector<Migration> all = [] {
      std::vector<Migration> steps;
      for (const auto feature :
           {record::migrations(), drafts::migrations(), insight::migrations(),
            classes::migrations(), accusations::migrations(), visits::migrations(),
            visit_plans::migrations(), promises::migrations()}) {
        steps.insert(steps.end(), feature.begin(), feature.end());
      }
      return steps;
    }();
    return all;
  }

 protected:
  using Form = std::vector<http::Part>;
  using CaseId = cases::CaseId;

  PagesWorld() : World(tables()) {
    county_.derivations = {&insight::derivation(), &classes::leaving()};
    write([&](Transaction& t) {
      places_and_units::put_place(t, county_.region, {"339901101201", "339901101", "上溪村"});
      places_and_units::put_place(t, county_.region, {"339901102", "339901", "松坑乡"});
      places_and_units::put_place(t, county_.region, {"339901102201", "339901102", "上溪村"});
      places_and_units::put_place(t, county_.region, {"339901102202", "339901102", "石门村"});
    });
    profile_.region = county_.region;
    profile_.name = "青溪县";
    profile_.organiser = "青溪县信访局";
    profile_.phone = "0579-8888 0000";
    auto made = routes(
        installation_, catalogues_, profile_, take_upload_,
        [this](const http::Request&) { return admitted_; }, guesses_, cache_, record_,
        accusations_);
    EXPECT_TRUE(made) << (made ? ""
                               : made.error().details.at("file") + ": " +
                                     made.error().details.at("reason"));
    if (made) routes_ = std::move(*made);
  }

  static http::Part field(std::string name, std::string value) {
    http::Part part;
    part.name = std::move(name);
    part.size = value.size();
    part.value = std::move(value);
    return part;
  }
  static http::Part upload(std::string name, std::string type, std::string bytes) {
    http::Part part = field(std::move(name), std::move(bytes));
    part.file_name = "x";
    part.content_type = std::move(type);
    return part;
  }

  // One request; cookies go out by path and come back, nothing is followed.
  http::Response send(http::Method method, std::string address, Form parts = {}) {
    http::Request request;
    request.method = method;
    const auto hash = address.find('#');
    if (hash != std::string::npos) address.resize(hash);
    const auto query = address.find('?');
    request.path = address.substr(0, query);
    if (query != std::string::npos) read_query(address.substr(query + 1), request);
    request.headers = {{"host", "minhu.test"}, {"sec-fetch-site", "same-origin"}};
    request.client = "somebody";
    request.secure = true;
    request.parts = std::move(parts);
    for (const auto& [key, cookie] : jar_) {
      if (request.path == cookie.path || cookie.path == "/" ||
          request.path.starts_with(cookie.path + "/")) {
        request.cookies[key.first] = cookie.value;
      }
    }
    return dispatch(request);
  }
  http::Response dispatch(http::Request request) {
    for (const http::Route& route : routes_) {
      std::vector<std::string> captures;
      if (route.method != request.method || !matches(route.pattern, request.path, captures)) {
        continue;
      }
      request.captures = captures;
      http::Response response = route.handle(request);
      keep_cookies(response);
      return response;
    }
    ADD_FAILURE() << "no route for " << request.path;
    return {};
  }
  http::Response get(const std::string& address) { return send(http::Method::get, address); }
  http::Response post(const std::string& address, Form parts) {
    return send(http::Method::post, address, std::move(parts));
  }
  // Follows a 303 as a browser does.
  http::Response follow(http::Response response) {
    for (int hops = 0; hops < 5 && response.status == 303; ++hops) {
      response = get(header(response, "Location"));
    }
    return response;
  }

  static std::string header(const http::Response& response, std::string_view name) {
    std::string all;
    for (const auto& [key, value] : response.headers) {
      if (key == name) all += (all.empty() ? "" : "\n") + value;
    }
    return all;
  }
  // The value of a hidden field or of any input with that name.
  static std::string value_of(const std::string& html, const std::string& name) {
    const auto at = html.find("name=\"" + name + "\"");
    if (at == std::string::npos) return {};
    const auto end = html.find('>', at);
    const auto value = html.find("value=\"", at);
    if (value == std::string::npos || value > end) return {};
    const auto from = value + 7;
    return html.substr(from, html.find('"', from) - from);
  }
  static std::string between(const std::string& text, const std::string& from,
                             const std::string& to) {
    const auto start = text.find(from);
    if (start == std::string::npos) return {};
    const auto at = start + from.size();
    return text.substr(at, text.find(to, at) - at);
  }
  static std::string number_on(const std::string& html) {
    return between(html, "<dd class=\"no num\">", "</dd>");
  }
  static std::string code_on(const std::string& html) {
    return between(html, "<dd class=\"code num\">", "</dd>");
  }
  static bool holds(const std::string& text, std::string_view part) {
    return text.find(part) != std::string::npos;
  }

  // Through the four pages up to the summary.
  http::Response begin_report(const std::string& words, Form more = {}) {
    Form what{field("token", value_of(get("/report/what").body, "token")), field("words", words)};
    what.insert(what.end(), more.begin(), more.end());
    EXPECT_EQ(header(post("/report/what", what), "Location"), "/report/where");
    EXPECT_EQ(
        header(post("/report/where", {field("place_words", "竹源镇上溪村小学旁")}), "Location"),
        "/report/contact");
    EXPECT_EQ(header(post("/report/contact", {field("phone", "１３８ 0000-0021")}), "Location"),
              "/report/check");
    return get("/report/check");
  }
  http::Response file_report(const std::string& words = "村口的污水管破了。") {
    const auto check = begin_report(words);
    return follow(post("/report/check", {field("token", value_of(check.body, "token"))}));
  }
  CaseId case_of(const std::string& shown_number) {
    const auto number = cases::parse_number(shown_number);
    return database_->read([&](Reading& r) {
      return cases::find_by_number(r, speaker(), number.value()).value_or(CaseId());
    });
  }
  std::int64_t count(std::string_view sql) {
    return database_->read([&](Reading& r) {
      return *r.first(sql, {}, [](const Row& row) { return row.integer(0); });
    });
  }
  void close_browser() { jar_.clear(); }

  struct Kept {
    std::string value;
    std::string path;
  };
  std::map<std::pair<std::string, std::string>, Kept> jar_;  // by name and path

  struct WorldClock final : Clock {
    explicit WorldClock(const Instant& shown) : instant(shown) {}
    Instant now() const override { return instant; }
    const Instant& instant;
  };
  WorldClock clock_{now_};
  SentenceFiles sentences_;
  catalogue::Catalogues catalogues_ = sentences_.read();
  places_and_units::CountyProfile profile_;
  accounts::Guesses guesses_;
  Outcome admitted_;  // what the gate against floods says
  // Where a test keeps a real record, it lends it before it asks.
  std::string record_policy_;
  const record::Record* kept_record_ = nullptr;
  RecordOffered record_{[this] { return record_policy_; },
                        [this](Reading& reading, const cases::Context& context, CaseId id,
                               std::int64_t seq) -> Result<record::Receipt> {
                          if (kept_record_ == nullptr) {
                            return fail(FaultCode::unavailable, "record.not_yet");
                          }
                          return kept_record_->receipt_of(reading, context, id, seq);
                        },
                        [this](Reading& reading, const state_machine::Chronicle& chronicle,
                               const Uuid& subject, std::int64_t seq) -> Result<record::Receipt> {
                          if (kept_record_ == nullptr) {
                            return fail(FaultCode::unavailable, "record.not_yet");
                          }
                          return kept_record_->public_receipt_of(reading, chronicle, subject, seq);
                        }};
  // Stands in for features/attachments: takes what it is given, refuses what calls itself a
  // program.
  TakeUpload take_upload_ = [](const http::Part& part) -> Result<cases::NewAttachment> {
    if (part.content_type == "application/x-msdownload") {
      return fail(FaultCode::unsupported_media, "attachments.kind_not_taken");
    }
    return cases::NewAttachment{part.content_type, to_bytes(part.value)};
  };
  cases::Installation installation_{*database_, county_, keyring_, entropy_, clock_};
  accounts::PasswordHasher hasher_{accounts::nearly_free_for_tests};
  accusations::Ground accusations_{installation_, hasher_};
  PublicCache cache_;
  std::vector<http::Route> routes_;

 private:
  static bool matches(std::string_view pattern, std::string_view path,
                      std::vector<std::string>& captures) {
    while (true) {
      if (pattern == "/*") {
        captures.emplace_back(path.substr(std::min<std::size_t>(1, path.size())));
        return true;
      }
      if (pattern.empty() || path.empty()) return pattern.empty() && path.empty();
      pattern.remove_prefix(1);
      path.remove_prefix(1);
      const auto pattern_end = std::min(pattern.find('/'), pattern.size());
      const auto path_end = std::min(path.find('/'), path.size());
      const auto want = pattern.substr(0, pattern_end);
      const auto have = path.substr(0, path_end);
      if (want.starts_with('{') && !have.empty()) {
        captures.emplace_back(have);
      } else if (want != have) {
        return false;
      }
      pattern.remove_prefix(pattern_end);
      path.remove_prefix(path_end);
    }
  }
  static void read_query(std::string_view query, http::Request& request) {
    while (!query.empty()) {
      const auto end = std::min(query.find('&'), query.size());
      const auto pair = query.substr(0, end);
      const auto equals = std::min(pair.find('='), pair.size());
      request.query.emplace_back(pair.substr(0, equals),
                                 pair.substr(std::min(equals + 1, pair.size())));
      query.remove_prefix(std::min(end + 1, query.size()));
    }
  }
  void keep_cookies(const http::Response& response) {
    for (const auto& [key, value] : response.headers) {
      if (key != "Set-Cookie") continue;
      const std::string name = value.substr(0, value.find('='));
      const std::string content = between(value + ";", "=", ";");
      const std::string path = between(value + ";", "Path=", ";");
      if (holds(value, "Max-Age=0;")) {
        jar_.erase({name, path});
      } else {
        jar_[{name, path}] = {content, path};
      }
    }
  }
};

}  // namespace minhu::pages
