#include "adapters/pages/phone.h"
#include "adapters/pages/test_browser.h"
#include "project_folder.h"

namespace minhu::pages {
namespace {

class Pages : public PagesWorld {};

const std::vector<std::string> open_to_all{"/",        "/help", "/privacy",  "/done",
                                           "/offline", "/t",    "/activate", "/report/what",
                                           "/suggest", "/jubao"};

TEST_F(Pages, SpeakBothLanguagesInBothSizes) {
  for (const auto& path : open_to_all) {
    const auto plain = get(path);
    EXPECT_EQ(plain.status, 200) << path;
    EXPECT_TRUE(holds(plain.body, "<html lang=\"zh-CN\" data-size=\"standard\">")) << path;
    EXPECT_TRUE(
        holds(get(path + "?lang=en&size=elder").body, "<html lang=\"en\" data-size=\"elder\">"))
        << path;
    close_browser();
  }
}

TEST_F(Pages, RememberTheChosenSizeWithoutSayingWhoChose) {
  const auto chosen = get("/?size=elder");
  EXPECT_TRUE(holds(header(chosen, "Set-Cookie"), "minhu-size=elder"));
  EXPECT_TRUE(holds(get("/help").body, "data-size=\"elder\""));
  EXPECT_TRUE(header(get("/help"), "Set-Cookie").empty());
}

TEST_F(Pages, HaveOneHeadingASkipLinkAndNoSentenceLeftOut) {
  for (const auto& path : open_to_all) {
    const auto page = get(path);
    std::size_t headings = 0;
    for (auto at = page.body.find("<h1"); at != std::string::npos;
         at = page.body.find("<h1", at + 1)) {
      ++headings;
    }
    EXPECT_EQ(headings, 1U) << path;
    EXPECT_TRUE(holds(page.body, "href=\"#main\"")) << path;
    EXPECT_FALSE(holds(page.body, "residents.")) << path;
    EXPECT_FALSE(holds(page.body, "[[")) << path;
    EXPECT_FALSE(holds(page.body, "{{")) << path;
  }
}

TEST_F(Pages, RunNoScriptButOurOwn) {
  for (const auto& path : open_to_all) {
    const auto page = get(path);
    EXPECT_TRUE(holds(header(page, "Content-Security-Policy"), "script-src 'self'")) << path;
    EXPECT_FALSE(holds(page.body, " onclick=")) << path;
    EXPECT_FALSE(holds(page.body, " style=")) << path;
  }
}

TEST_F(Pages, ServeTheirAssetsForAYearUnderAnAddressWithTheirHash) {
  const std::string style = between(get("/").body, "rel=\"stylesheet\" href=\"", "\"");
  const auto sheet = get(style);
  EXPECT_EQ(sheet.status, 200);
  EXPECT_EQ(header(sheet, "Cache-Control"), "public, max-age=31536000, immutable");
  EXPECT_EQ(header(get("/assets/style.css"), "Cache-Control"), "no-cache");
  EXPECT_EQ(get("/assets/none.css").status, 404);
  EXPECT_EQ(get("/assets/sw.js").status, 404);
}

TEST_F(Pages, GiveTheServiceWorkerEveryAssetThereIs) {
  const auto worker = get("/sw.js");
  EXPECT_FALSE(holds(worker.body, "SHELL"));
  const auto folder = project_folder() / "pages" / "assets";
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    const auto name = entry.path().filename().string();
    if (name == "sw.js") continue;
    if (name == "verify.js" || name == "lots.js") {  // of one page each, which few ever open
      EXPECT_FALSE(holds(worker.body, name + "?v="));
      continue;
    }
    const std::string address = "/assets/" + name + "?v=";
    EXPECT_TRUE(holds(worker.body, address)) << name;
  }
  const std::string offline = get("/offline").body;
  for (auto at = offline.find("/assets/"); at != std::string::npos;
       at = offline.find("/assets/", at + 1)) {
    const std::string address = offline.substr(at, offline.find('"', at) - at);
    EXPECT_TRUE(holds(worker.body, "'" + address + "'")) << address;
  }
}

TEST_F(Pages, FirstVisitStaysWithinItsWeight) {
  // Compressed by the server's gzip in life; here the bound is on the bytes before that.
  const auto page = get("/report/what");
  EXPECT_LT(page.body.size(), 6'000U);
  EXPECT_LT(get("/assets/style.css").body.size(), 16'000U);
  EXPECT_LT(get("/assets/script.js").body.size(), 8'000U);
}

TEST_F(Pages, TellARefusalAsASentenceWithAWayHomeAndAPhone) {
  const auto refusal = refusal_page(catalogues_, profile_);
  ASSERT_TRUE(refusal);
  http::Request request;
  request.path = "/nothing";
  for (const int status : {400, 404, 405, 408, 413, 414, 415, 429, 431, 500, 503, 507}) {
    const auto page = (*refusal)(request, status, Fault(FaultCode::not_found, "http.unknown_key"));
    EXPECT_EQ(page.status, status);
    EXPECT_FALSE(holds(page.body, "http.unknown_key"));
    EXPECT_TRUE(holds(page.body, "href=\"/\"")) << status;
    EXPECT_TRUE(holds(page.body, unbroken(profile_.phone))) << status;
  }
  const auto known = (*refusal)(request, 404, Fault(FaultCode::not_found, "cases.not_found"));
  EXPECT_TRUE(holds(known.body, "没有这件事"));
}

TEST_F(Pages, SayThatADemonstrationIsOne) {
  EXPECT_FALSE(holds(get("/").body, "这是演示"));
  profile_.profile = places_and_units::Profile::demo;
  auto demo = routes(
      installation_, catalogues_, profile_, take_upload_,
      [](const http::Request&) { return Outcome(); }, guesses_, cache_, record_, accusations_);
  ASSERT_TRUE(demo);
  routes_ = std::move(*demo);
  for (const auto& path : open_to_all) EXPECT_TRUE(holds(get(path).body, "这是演示")) << path;
}

TEST_F(Pages, CountByMonthOnceTheQuarterIsOver) {
  for (std::uint8_t i = 1; i <= 6; ++i) received(i);
  must(dispatcher(), received(1).case_id, cases::EventKind::voided, {{"reason", "测试"}});
  pass_days(5);
  const auto page = get("/done");
  EXPECT_TRUE(holds(page.body, "2025年9月"));
  EXPECT_TRUE(holds(page.body, "<td>6</td><td>0</td><td>—</td>")) << page.body;
}

TEST_F(Pages, NameAPermissionOnEveryRoute) {
  for (const auto& route : routes_) {
    EXPECT_TRUE(accounts::is_permission(route.permission)) << route.pattern;
  }
}

}  // namespace
}  // namespace minhu::pages
