// The public figures: finished quarters, the same for everybody, nothing small in them.
#include <algorithm>
#include <regex>
#include <set>

#include "adapters/pages/test_browser.h"
#include "kernel/crypto.h"

namespace minhu::pages {
namespace {

using cases::EventKind;

class PublicFiguresPages : public PagesWorld {
 protected:
  // Hotline matters of one office that were answered, and are due by now.
  void answered(UnitId unit, int count, const char* solved) {
    for (int i = 0; i < count; ++i) {
      cases::Words words = some_words(++token_);
      words.track = cases::Track::hotline;
      const auto id = receive_words(as(Role::anyone), words)->case_id;
      must(as(Role::dispatcher, county_.hotline_body), id, EventKind::dispatched, to(unit));
      const auto handler = as(Role::handler, unit);
      must(handler, id, EventKind::signed_in);
      must(handler, id, EventKind::answered,
           {{"public_answer", "修好了。"}, {"outcome", "supported"}});
      must(as(Role::caller, county_.hotline_body), id, EventKind::callback_done,
           {{"reached", "yes"}, {"solved", solved}, {"satisfaction", "satisfied"}});
    }
  }
  static std::string header(const http::Response& response, std::string_view name) {
    for (const auto& [key, value] : response.headers) {
      if (key == name) return value;
    }
    return {};
  }
  // What was received and what fell due is in the past, and so is their quarter.
  void the_quarter_ends() { pass_days(106); }
  static std::string months_of(const std::string& page) {
    return between(page.substr(page.find(">月份<")), "<tbody>", "</tbody>");
  }
  std::uint8_t token_ = 0;
};

TEST_F(PublicFiguresPages, SayHowMuchWasSolvedAndHowThatIsReckoned) {
  answered(housing_, 12, "yes");
  answered(housing_, 8, "no");
  the_quarter_ends();
  const auto page = get("/figures");
  EXPECT_EQ(page.status, 200);
  EXPECT_TRUE(holds(page.body, "2025年第四季度（10月到12月）"));
  EXPECT_TRUE(holds(page.body, "12 / 20"));
  EXPECT_TRUE(holds(page.body, "60%"));
  EXPECT_TRUE(holds(page.body, "反映人说解决了"));
  EXPECT_TRUE(holds(get("/figures/offices").body, "县住建局"));
}

TEST_F(PublicFiguresPages, SaySoOnTheFirstDayOfACounty) {
  for (const char* path : {"/figures", "/figures/offices", "/done"}) {
    const auto page = get(path);
    EXPECT_TRUE(holds(page.body, "第一批最早2025年10月1日能看到")) << path;
    EXPECT_FALSE(holds(page.body, "<table")) << path;
  }
  EXPECT_TRUE(holds(get("/figures?lang=en").body, "1 Oct 2025 at the earliest"));
}

TEST_F(PublicFiguresPages, NothingThatStillRunsIsPublished) {
  answered(housing_, 12, "yes");
  const std::string empty = get("/figures/data.csv").body;
  EXPECT_EQ(std::count(empty.begin(), empty.end(), '\n'), 2) << empty;
  pass_days(4);  // the last day of September
  EXPECT_EQ(get("/figures/data.csv").body, empty);
  pass_days(1);
  const std::string october = get("/figures/data.csv").body;
  EXPECT_TRUE(holds(october, "2025-Q3,,received,12,")) << october;
  EXPECT_FALSE(holds(october, "2025-Q4")) << october;
}

TEST_F(PublicFiguresPages, AreCountedOnceADay) {
  answered(housing_, 12, "yes");
  pass_days(5);
  const std::string morning = get("/figures/data.csv").body;
  pass_days(-5);
  answered(housing_, 8, "yes");
  pass_days(5);
  cache_.figures.renew(installation_);
  EXPECT_EQ(get("/figures/data.csv").body, morning);
  pass_days(1);
  now_.unix_ms -= 9 * 3'600'000;  // an hour after midnight, and less than a whole day
  cache_.figures.renew(installation_);
  EXPECT_TRUE(holds(get("/figures/data.csv").body, "2025-Q3,,received,20,"));
}

TEST_F(PublicFiguresPages, TheQuartersBeforeCanBeAskedFor) {
  answered(housing_, 12, "yes");
  the_quarter_ends();
  EXPECT_TRUE(holds(get("/figures").body, "/figures?quarter=2025-Q3"));
  const std::string before = get("/figures?quarter=2025-Q3").body;
  EXPECT_TRUE(holds(before, "2025年第三季度（7月到9月）"));
  EXPECT_TRUE(holds(before, "/figures/offices?quarter=2025-Q3"));
  EXPECT_TRUE(holds(get("/figures/offices?quarter=2025-Q3").body, "2025年第三季度"));
  EXPECT_TRUE(holds(get("/figures?quarter=2019-Q1").body, "2025年第四季度")) << "none of that name";
}

TEST_F(PublicFiguresPages, WhatGotDoneShowsTheSameMonths) {
  answered(housing_, 12, "yes");
  answered(water_, 3, "no");
  pass_days(5);
  const std::string months = months_of(get("/figures").body);
  EXPECT_TRUE(holds(months, "<td>15</td>")) << months;
  EXPECT_EQ(months_of(get("/done").body), months);
}

TEST_F(PublicFiguresPages, HideWhatIsSmallEverywhere) {
  answered(housing_, 7, "yes");
  answered(housing_, 3, "no");
  answered(water_, 2, "no");
  the_quarter_ends();
  EXPECT_FALSE(holds(get("/figures").body, "<td>3</td>"));
  EXPECT_TRUE(holds(get("/figures").body, "不公布"));
  const std::string offices = get("/figures/offices").body;
  EXPECT_TRUE(holds(between(offices, "这个季度不公布数字的单位</h2>", "</p>"), "县水利局"));
  std::string csv = get("/figures/data.csv").body;
  csv.erase(0, csv.find("2025"));  // after the line that says the version
  EXPECT_TRUE(holds(csv, "2025-Q4,县水利局,due,,")) << csv;
  EXPECT_FALSE(holds(csv, ",3,"));
  EXPECT_FALSE(holds(csv, ",2,"));
  EXPECT_TRUE(holds(get("/figures/data.json").body, "\"version\":2"));
}

TEST_F(PublicFiguresPages, AMedianStandsWhereHalfWereSolvedAndThatIsShown) {
  answered(housing_, 5, "yes");
  answered(housing_, 6, "no");
  answered(water_, 7, "yes");
  answered(water_, 5, "no");
  answered(town_, 20, "yes");
  answered(town_, 2, "no");  // so that how many were solved is not shown either
  the_quarter_ends();
  const std::string csv = get("/figures/data.csv").body;
  EXPECT_TRUE(holds(csv, ",县住建局,median_days,,")) << csv;
  EXPECT_TRUE(holds(csv, ",县水利局,median_days,0,")) << csv;
  EXPECT_TRUE(holds(csv, ",竹源镇人民政府,median_days,,")) << csv;
}

// Every number in a cell of a table, of a CSV or under a key of JSON that counts something.
std::set<std::int64_t> shown_counts(const std::string& path, const std::string& body) {
  std::set<std::int64_t> counts;
  const auto add = [&](const std::string& text) {
    if (!text.empty() && text.find_first_not_of("0123456789") == text.npos) {
      counts.insert(std::stoll(text));
    }
  };
  if (path.ends_with(".json")) {
    static const std::regex number(R"re("(\w+)":(\d+)[,}])re");
    for (std::sregex_iterator it(body.begin(), body.end(), number), end; it != end; ++it) {
      if ((*it)[1] != "version" && (*it)[1] != "offices") add((*it)[2]);
    }
    return counts;
  }
  if (path.ends_with(".csv")) {
    static const std::regex cell(R"re(,(\d+)(?=[,\r\n]))re");
    for (std::sregex_iterator it(body.begin(), body.end(), cell), end; it != end; ++it) {
      const auto line = body.rfind('\n', static_cast<std::size_t>(it->position()));
      if (body.substr(line + 1, 7) != "version") add((*it)[1]);
    }
    return counts;
  }
  static const std::regex cell(R"re(<(?:td|b|dd)[^>]*>\s*(\d+)(?:\s*/\s*(\d+))?)re");
  for (std::sregex_iterator it(body.begin(), body.end(), cell), end; it != end; ++it) {
    add((*it)[1]);
    add((*it)[2]);
  }
  return counts;
}

TEST_F(PublicFiguresPages, NoPublicPageShowsANumberBelowFive) {
  answered(housing_, 12, "yes");
  answered(housing_, 3, "no");
  answered(water_, 2, "yes");
  answered(town_, 4, "no");
  the_quarter_ends();
  std::size_t walked = 0;
  std::set<std::int64_t> large;
  for (const http::Route& route : routes_) {
    const std::string path(route.pattern);
    if (route.method != http::Method::get || route.permission != "public" ||
        path.find_first_of("{*") != path.npos || path.starts_with("/report/")) {
      continue;
    }
    for (const char* language : {"", "?lang=en"}) {
      const auto page = get(path + language);
      const auto counts = shown_counts(path, page.body);
      for (std::int64_t small = 1; small < 5; ++small) {
        EXPECT_FALSE(counts.contains(small)) << path << language << " shows " << small;
      }
      large.insert(counts.begin(), counts.end());
      ++walked;
    }
  }
  EXPECT_GE(walked, 20U);
  EXPECT_GE(large.empty() ? 0 : *large.rbegin(), 12) << "what is large enough is shown";
}

TEST(ShownCounts, FindTheNumbersOfEveryFormat) {
  EXPECT_EQ(shown_counts("/a", "<td class=\"n\">3</td><td> 4 / 12 </td><p>2</p>"),
            (std::set<std::int64_t>{3, 4, 12}));
  EXPECT_EQ(shown_counts("/a.csv", "version,x,1,,\n2025,a,b,3,12\n"),
            (std::set<std::int64_t>{3, 12}));
  EXPECT_EQ(shown_counts("/a.json", R"({"version":1,"due":3,"x":{"count":12}})"),
            (std::set<std::int64_t>{3, 12}));
}

TEST_F(PublicFiguresPages, MayBeKeptByCachesAndCarryNothingOfAnybody) {
  for (const char* path : {"/figures", "/figures/offices", "/figures?lang=en"}) {
    const auto page = get(path);
    EXPECT_EQ(header(page, "Cache-Control"), "public, max-age=300") << path;
    EXPECT_EQ(header(page, "Set-Cookie"), "") << path;
    EXPECT_NE(header(page, "Vary"), "") << path;
  }
  EXPECT_EQ(header(get("/figures/data.csv"), "Cache-Control"), "public, max-age=300");
}

TEST_F(PublicFiguresPages, TheChecksumsAreThoseOfTheFiles) {
  answered(housing_, 6, "yes");
  the_quarter_ends();
  const std::string page = get("/figures").body;
  for (const char* path : {"/figures/data.csv", "/figures/data.json"}) {
    const std::string data = get(path).body;
    EXPECT_TRUE(holds(page, to_hex(sha256(as_bytes(data))))) << path;
  }
}

TEST_F(PublicFiguresPages, AnAccusationChangesNothingOfThem) {
  answered(housing_, 6, "yes");
  pass_days(5);
  const std::string before = get("/figures/data.csv").body;
  cases::Words words = some_words(++token_);
  words.track = cases::Track::accusation;
  pass_days(-5);
  ASSERT_TRUE(receive_words(as(Role::anyone), words));
  pass_days(7);  // no longer the copy that was kept
  EXPECT_TRUE(holds(before, ",received,6,")) << before;
  EXPECT_EQ(get("/figures/data.csv").body, before);
}

}  // namespace
}  // namespace minhu::pages
