// docs/routes.md against the routes that the program serves, in both directions: whoever opens a
// door to everybody writes down why.
#include <gtest/gtest.h>
#include <stdlib.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <regex>
#include <set>

#include "adapters/outbound/spool.h"
#include "app/foundation.h"
#include "app/surfaces.h"
#include "app/turns.h"
#include "features/accounts/permissions.h"
#include "kernel/crypto.h"
#include "project_folder.h"

namespace minhu::architecture {
namespace {

std::string_view name_of(http::Method method) {
  switch (method) {
    case http::Method::get:
      return "GET";
    case http::Method::head:
      return "HEAD";
    case http::Method::post:
      return "POST";
    case http::Method::put:
      return "PUT";
    case http::Method::patch:
      return "PATCH";
    case http::Method::delete_:
      return "DELETE";
  }
  return "?";
}

// The routes named in the first column of each row, and whether its other columns say something.
std::map<std::string, bool> documented(std::istream& document) {
  static const std::regex row(R"(^\|([^|]*)\|([^|]*)\|([^|]*)\|$)");
  static const std::regex route("`([A-Z]+ /[^`]*)`");
  std::map<std::string, bool> all;
  for (std::string line; std::getline(document, line);) {
    std::smatch columns;
    if (!std::regex_match(line, columns, row)) continue;
    const std::string first = columns[1];
    const auto says = [](const std::string& text) {
      return text.find_first_not_of(" -") != std::string::npos;
    };
    for (std::sregex_iterator at(first.begin(), first.end(), route), end; at != end; ++at) {
      const bool fresh = all.emplace((*at)[1], says(columns[2]) && says(columns[3])).second;
      EXPECT_TRUE(fresh) << (*at)[1] << " stands there twice";
    }
  }
  return all;
}

class Routes : public ::testing::Test {
 protected:
  Routes() {
    start_crypto();
    std::string name = (std::filesystem::temp_directory_path() / "minhu-routes-XXXXXX").string();
    folder_ = ::mkdtemp(name.data());
    app::FoundationOptions options;
    options.data = folder_;
    auto opened = app::Foundation::open(options, app::WhenMissing::create);
    if (!opened) throw std::runtime_error(opened.error().key);
    foundation_ = std::move(*opened);
    profile_.region = RegionId{339901};
    county_.region = profile_.region;
    county_.rules = foundation_->rules;
    installation_.emplace(cases::Installation{*foundation_->database, county_, foundation_->keyring,
                                              foundation_->entropy, foundation_->clock});
    turns_.emplace(*foundation_, *installation_);
    surfaces_.emplace(*foundation_, *installation_, *turns_, profile_,
                      std::vector<accounts::DemoLogin>{},
                      std::make_unique<outbound::Spool>(foundation_->folder.outbox()));
  }
  ~Routes() override {
    surfaces_.reset();
    turns_.reset();
    foundation_.reset();
    std::filesystem::remove_all(folder_);
  }

  std::filesystem::path folder_;
  std::unique_ptr<app::Foundation> foundation_;
  places_and_units::CountyProfile profile_;
  cases::County county_;
  std::optional<cases::Installation> installation_;
  std::optional<app::Turns> turns_;
  std::optional<app::Surfaces> surfaces_;
};

TEST_F(Routes, EachNamesAPermissionOfTheTable) {
  const auto routes = surfaces_->routes();
  EXPECT_GT(routes.size(), 80U);
  for (const http::Route& route : routes) {
    EXPECT_TRUE(accounts::is_permission(route.permission)) << route.pattern;
  }
}

TEST_F(Routes, ThatArePublicStandInTheDocumentWithTheirReasonsAndNoOther) {
  std::ifstream document(project_folder() / "docs/routes.md");
  const auto in_document = documented(document);
  std::set<std::string> served;
  for (const http::Route& route : surfaces_->routes()) {
    if (route.permission != "public") continue;
    const std::string name = std::string(name_of(route.method)) + ' ' + std::string(route.pattern);
    served.insert(name);
    const auto row = in_document.find(name);
    EXPECT_TRUE(row != in_document.end()) << "docs/routes.md does not say why " << name;
    EXPECT_TRUE(row == in_document.end() || row->second) << name << " has no reason";
  }
  for (const auto& [name, says_why] : in_document) {
    EXPECT_TRUE(served.contains(name)) << "no public route is " << name;
  }
}

TEST(RoutesInADocument, AreReadFromTheFirstColumnOfEachRow) {
  std::istringstream document(
      "| route | why | harm |\n|---|---|---|\n"
      "| `GET /a`, `POST /a/{b}` | because | none |\n"
      "| `GET /c` |  | none |\n"
      "see `GET /d`\n");
  const std::map<std::string, bool> expected{
      {"GET /a", true}, {"POST /a/{b}", true}, {"GET /c", false}};
  EXPECT_EQ(documented(document), expected);
}

}  // namespace
}  // namespace minhu::architecture
