#include "adapters/desk_files/desk_files.h"

#include <gtest/gtest.h>

#include <array>

namespace minhu::desk_files {
namespace {

constexpr std::array files{
    EmbeddedFile{"assets/index-1a2b.css", "body{}"},
    EmbeddedFile{"assets/index-1a2b.js", "let a"},
    EmbeddedFile{"index.html", "<!doctype html>"},
    EmbeddedFile{"reception-worker.js", "let w"},
};

http::Response ask(std::span<const EmbeddedFile> of, std::string_view pattern,
                   std::string capture = {}) {
  for (const http::Route& route : routes(of)) {
    if (route.pattern != pattern) continue;
    http::Request request;
    if (!capture.empty()) request.captures.push_back(std::move(capture));
    return route.handle(request);
  }
  ADD_FAILURE() << "no route " << pattern;
  return {};
}

std::string header(const http::Response& response, std::string_view name) {
  for (const auto& [key, value] : response.headers) {
    if (key == name) return value;
  }
  return {};
}

TEST(DeskFiles, OnePageIsShownForEveryAddressAndAskedForAgainEachTime) {
  for (const std::string_view pattern : {"/desk", "/desk/*"}) {
    const auto response = ask(files, pattern);
    EXPECT_EQ(response.status, 200);
    EXPECT_EQ(response.body, "<!doctype html>");
    EXPECT_EQ(header(response, "Cache-Control"), "no-cache");
  }
}

TEST(DeskFiles, ScriptsAreKeptForAYearBecauseTheirNamesChange) {
  const auto script = ask(files, "/desk/assets/{name}", "index-1a2b.js");
  EXPECT_EQ(script.body, "let a");
  EXPECT_EQ(header(script, "Content-Type"), "text/javascript; charset=utf-8");
  EXPECT_NE(header(script, "Cache-Control").find("immutable"), std::string::npos);
  EXPECT_EQ(header(ask(files, "/desk/assets/{name}", "index-1a2b.css"), "Content-Type"),
            "text/css; charset=utf-8");
}

TEST(DeskFiles, AScriptOfAnEarlierBuildIsNotThePage) {
  EXPECT_EQ(ask(files, "/desk/assets/{name}", "index-0000.js").status, 404);
  EXPECT_EQ(ask(files, "/desk/assets/{name}", "../index.html").status, 404);
}

TEST(DeskFiles, TheWorkerOfTheReceptionIsAskedForAgainEachTime) {
  const auto worker = ask(files, "/desk/reception-worker.js");
  EXPECT_EQ(worker.status, 200);
  EXPECT_EQ(worker.body, "let w");
  EXPECT_EQ(header(worker, "Content-Type"), "text/javascript; charset=utf-8");
  EXPECT_EQ(header(worker, "Cache-Control"), "no-cache");
  EXPECT_EQ(ask({}, "/desk/reception-worker.js").status, 404);
}

TEST(DeskFiles, AProgramThatWasBuiltWithoutTheDeskSaysWhereToGo) {
  const auto response = ask({}, "/desk");
  EXPECT_EQ(response.status, 503);
  EXPECT_NE(response.body.find("/office"), std::string::npos);
}

}  // namespace
}  // namespace minhu::desk_files
