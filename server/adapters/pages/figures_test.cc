// The public figures: the same for everybody, nothing small in them, five minutes old at most.
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
  EXPECT_TRUE(holds(page.body, "60 %"));
  EXPECT_TRUE(holds(page.body, "当事人说解决了"));
  EXPECT_TRUE(holds(get("/figures/offices").body, "县住建局"));
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
