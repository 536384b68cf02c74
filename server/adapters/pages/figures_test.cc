// The public figures: the same for everybody, nothing small in them, five minutes old at most.
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
  std::uint8_t token_ = 0;
};

TEST_F(PublicFiguresPages, SayHowMuchWasSolvedAndHowThatIsReckoned) {
  answered(housing_, 12, "yes");
  answered(housing_, 8, "no");
  const auto page = get("/figures");
  EXPECT_EQ(page.status, 200);
  EXPECT_TRUE(holds(page.body, "12 / 20"));
  EXPECT_TRUE(holds(page.body, "60%"));
  EXPECT_TRUE(holds(page.body, "反映人说解决了"));
  EXPECT_TRUE(holds(get("/figures/offices").body, "县住建局"));
}

TEST_F(PublicFiguresPages, SaySoOnTheFirstDayOfACounty) {
  const auto page = get("/figures");
  EXPECT_TRUE(holds(page.body, "还没有数字"));
  EXPECT_FALSE(holds(page.body, "该答复的，现在怎样"));
}

TEST_F(PublicFiguresPages, HideWhatIsSmallEverywhere) {
  answered(housing_, 7, "yes");
  answered(housing_, 3, "no");
  answered(water_, 2, "no");
  EXPECT_FALSE(holds(get("/figures").body, "<td>3</td>"));
  EXPECT_FALSE(holds(get("/figures/offices").body, "县水利局"));
  const std::string csv = get("/figures/data.csv").body;
  EXPECT_FALSE(holds(csv, "县水利局"));
  EXPECT_FALSE(holds(csv, ",3,"));
  EXPECT_FALSE(holds(csv, ",2,"));
  EXPECT_TRUE(holds(get("/figures/data.json").body, "\"version\":1"));
}

TEST_F(PublicFiguresPages, AMedianIsOfFiveSolvedAtLeast) {
  answered(housing_, 4, "yes");
  answered(housing_, 3, "no");
  answered(water_, 5, "yes");
  answered(water_, 1, "no");
  const std::string csv = get("/figures/data.csv").body;
  EXPECT_TRUE(holds(csv, ",县住建局,median_days,,")) << csv;
  EXPECT_TRUE(holds(csv, ",县水利局,median_days,0,")) << csv;
}

TEST_F(PublicFiguresPages, WhatGotDoneDoesNotTellHowFewWereNotSolved) {
  for (int i = 0; i < 9; ++i) {
    cases::Words words = some_words(++token_);
    words.track = cases::Track::hotline;
    const auto id = receive_words(as(Role::anyone), words)->case_id;
    write([&](Transaction& t) {
      t.execute(
          "UPDATE case_file SET closed_at = ?3, solved = ?4, state = 'closed' "
          "WHERE region_id = ?1 AND case_id = ?2",
          {param(county_.region), param(id), param(now_), i < 7 ? "yes" : "no"});
    });
  }
  const std::string page = get("/done").body;
  EXPECT_TRUE(holds(page, "<td>9</td>"));
  EXPECT_FALSE(holds(page, "<td>7</td>")) << "9 less 7 are two who were not helped";
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
  const std::string page = get("/figures").body;
  for (const char* path : {"/figures/data.csv", "/figures/data.json"}) {
    const std::string data = get(path).body;
    EXPECT_TRUE(holds(page, to_hex(sha256(as_bytes(data))))) << path;
  }
}

TEST_F(PublicFiguresPages, AnAccusationChangesNothingOfThem) {
  answered(housing_, 6, "yes");
  const std::string before = get("/figures/data.csv").body;
  cases::Words words = some_words(++token_);
  words.track = cases::Track::accusation;
  ASSERT_TRUE(receive_words(as(Role::anyone), words));
  now_.unix_ms += 6 * 60'000;  // no longer the copy that was kept
  EXPECT_EQ(get("/figures/data.csv").body, before);
}

}  // namespace
}  // namespace minhu::pages
