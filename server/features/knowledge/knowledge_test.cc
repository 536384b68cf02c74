#include "features/knowledge/knowledge.h"

#include <gtest/gtest.h>

#include "features/cases/test_world.h"
#include "features/knowledge/migrations.h"
#include "features/knowledge/search.h"

namespace minhu::knowledge {
namespace {

class Knowledge : public cases::World {
 protected:
  Knowledge() : World(migrations()) {}

  ArticleText sewage() {
    return {"下水道堵了找谁",
            "小区里面的，找物业。\n\n马路上的，我们当天派人来看。",
            "下水道堵了怎么办\n污水冒出来了",
            "minhu:02",
            water_,
            to_date(now_) + std::chrono::days(180),
            "县水利局服务指南",
            true};
  }
  ArticleText garbage() {
    return {"垃圾几点来收", "早上六点到八点，晚上六点到七点。",    "垃圾桶满了没人收", "minhu:01",
            housing_,       to_date(now_) + std::chrono::days(90), "县住建局服务指南", true};
  }
  Result<Article> written(const cases::Context& context, ArticleText text, std::uint8_t token = 1) {
    return database_->write(
        [&](Transaction& t) { return write_article(t, context, {token, 5}, std::move(text)); });
  }
  Result<Article> changed(const cases::Context& context, const Article& article, ArticleText text) {
    return database_->write([&](Transaction& t) {
      return change_article(t, context, article.id, article.version, std::move(text));
    });
  }
  std::vector<std::string> titles(const cases::Context& context, Shelf shelf,
                                  std::string_view category = {}) {
    std::vector<std::string> all;
    database_->read_job([&](Reading& reading) {
      for (const Article& one : articles_on(reading, context, shelf, category)) {
        all.push_back(one.text.title);
      }
    });
    return all;
  }
  std::string found_first(std::string_view text) {
    return database_->read([&](Reading& reading) {
      const auto found = search_articles(reading, clerk(), text, 5);
      return found.empty() ? std::string("nothing") : found.front().article.text.title;
    });
  }
  static std::string key_of(const Result<Article>& result) {
    return result ? "written" : result.error().key;
  }
  cases::Context clerk() { return as(Role::clerk, county_.hotline_body); }
  cases::Context water() { return as(Role::handler, water_); }
};

TEST_F(Knowledge, IsFoundByWhatPeopleSayAndSaysWhy) {
  ASSERT_TRUE(written(dispatcher(), sewage(), 1));
  ASSERT_TRUE(written(dispatcher(), garbage(), 2));
  EXPECT_EQ(found_first("我们楼下的下水道又堵了，污水一直冒"), "下水道堵了找谁");
  EXPECT_EQ(found_first("垃圾桶好几天没人来收"), "垃圾几点来收");
  EXPECT_EQ(found_first("我想问一下"), "nothing");
  EXPECT_EQ(found_first(""), "nothing");
  database_->read_job([&](Reading& reading) {
    const auto found = search_articles(reading, clerk(), "下水道堵了！", 5);
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(found[0].words, std::vector<std::string>{"下水道堵"});
  });
}

TEST_F(Knowledge, WeighsARareWordMoreThanACommonOne) {
  const std::vector<Searched> articles{
      {"办理低保", "", ""}, {"停车证", "", ""}, {"办理身份证", "", ""}, {"办理医保", "", ""}};
  const auto hits = search(articles, "停车证办理");
  ASSERT_FALSE(hits.empty());
  EXPECT_EQ(hits[0].index, 1U);
}

TEST_F(Knowledge, LeavesOutWhatSharesOneCommonWordOnly) {
  const std::vector<Searched> articles{{"路灯坏了几天", "晚上路灯坏了", ""},
                                       {"公厕", "", "晚上十点关门"},
                                       {"垃圾", "", "晚上六点来收"}};
  EXPECT_EQ(search(articles, "路灯坏了，晚上走路看不见").size(), 1U);
  EXPECT_EQ(search(articles, "晚上").size(), 3U);
}

TEST_F(Knowledge, OnlyTheEndOfALongCallCounts) {
  std::string long_call = "下水道";
  for (int i = 0; i < 400; ++i) long_call += "啊";
  EXPECT_TRUE(search({{"下水道", "", ""}}, long_call).empty());
  EXPECT_FALSE(search({{"下水道", "", ""}}, long_call + "下水道").empty());
}

TEST_F(Knowledge, BelongsToItsOwnerAndToTheBodyThatDispatches) {
  const auto article = written(water(), sewage());
  ASSERT_TRUE(article);
  ArticleText text = sewage();
  text.title = "下水道";
  EXPECT_EQ(key_of(changed(handler(), *article, text)), "knowledge.not_the_owner");
  EXPECT_EQ(key_of(changed(clerk(), *article, text)), "knowledge.not_the_owner");
  EXPECT_EQ(key_of(written(water(), garbage(), 9)), "knowledge.not_the_owner");
  ArticleText given_away = sewage();
  given_away.owner = housing_;
  EXPECT_EQ(key_of(changed(water(), *article, given_away)), "knowledge.not_the_owner");
  const auto by_dispatcher = changed(dispatcher(), *article, text);
  ASSERT_TRUE(by_dispatcher);
  EXPECT_EQ(by_dispatcher->changed_by, county_.petition_office);
}

TEST_F(Knowledge, KeepsEveryVersionAndRefusesToOverwriteWhatWasNotRead) {
  const auto first = written(water(), sewage());
  ASSERT_TRUE(first);
  ArticleText text = sewage();
  text.body = "打电话给我们。";
  const auto second = changed(water(), *first, text);
  ASSERT_TRUE(second);
  EXPECT_EQ(second->version, 2);
  // The answer was lost on its way and it is sent again: no third version.
  EXPECT_EQ(changed(water(), *first, text)->version, 2);
  text.body = "别的。";
  EXPECT_EQ(key_of(changed(water(), *first, text)), "knowledge.changed_meanwhile");
  database_->read_job([&](Reading& reading) {
    const auto versions = versions_of(reading, clerk(), first->id);
    ASSERT_TRUE(versions);
    ASSERT_EQ(versions->size(), 2U);
    EXPECT_EQ((*versions)[0].text.body, "打电话给我们。");
    EXPECT_EQ((*versions)[1].text.body, sewage().body);
  });
}

TEST_F(Knowledge, IsWrittenOnceHoweverOftenItIsSent) {
  const auto first = written(water(), sewage());
  const auto again = written(water(), sewage());
  ASSERT_TRUE(first && again);
  EXPECT_EQ(first->id, again->id);
  EXPECT_EQ(titles(clerk(), Shelf::published).size(), 1U);
}

TEST_F(Knowledge, IsMarkedWhenItsReviewIsOverdueAndStaysUsable) {
  ASSERT_TRUE(written(dispatcher(), sewage(), 1));
  ASSERT_TRUE(written(dispatcher(), garbage(), 2));
  EXPECT_TRUE(titles(clerk(), Shelf::due).empty());
  pass_days(91);
  EXPECT_EQ(titles(clerk(), Shelf::due), std::vector<std::string>{"垃圾几点来收"});
  pass_days(120);
  EXPECT_EQ(titles(clerk(), Shelf::due),
            (std::vector<std::string>{"垃圾几点来收", "下水道堵了找谁"}));
  database_->read_job([&](Reading& reading) {
    const auto found = search_articles(reading, clerk(), "垃圾桶", 5);
    ASSERT_EQ(found.size(), 1U);
    EXPECT_TRUE(found[0].article.overdue);
  });
}

TEST_F(Knowledge, OnceWithdrawnIsThereOnlyForThoseWhoMayChangeIt) {
  const auto article = written(water(), sewage());
  ASSERT_TRUE(article);
  ArticleText text = sewage();
  text.published = false;
  ASSERT_TRUE(changed(water(), *article, text));
  EXPECT_EQ(found_first("下水道堵了"), "nothing");
  EXPECT_TRUE(titles(clerk(), Shelf::withdrawn).empty());
  EXPECT_EQ(titles(water(), Shelf::withdrawn).size(), 1U);
  EXPECT_EQ(titles(water(), Shelf::own).size(), 1U);
  database_->read_job([&](Reading& reading) {
    EXPECT_FALSE(find_article(reading, clerk(), article->id));
    EXPECT_TRUE(find_article(reading, water(), article->id));
  });
}

TEST_F(Knowledge, IsListedUnderItsCategoryAndThoseAboveIt) {
  write([&](Transaction& t) {
    places_and_units::put_category(t, county_.region, {"minhu", "02.02", "02", "排水"});
    places_and_units::put_category(t, county_.region, {"minhu", "02x", "", "别的"});
  });
  ArticleText text = sewage();
  text.category = "minhu:02.02";
  ASSERT_TRUE(written(water(), text));
  EXPECT_EQ(titles(clerk(), Shelf::published, "minhu:02").size(), 1U);
  EXPECT_EQ(titles(clerk(), Shelf::published, "minhu:02.02").size(), 1U);
  EXPECT_TRUE(titles(clerk(), Shelf::published, "minhu:0").empty());
  EXPECT_TRUE(titles(clerk(), Shelf::published, "minhu:02x").empty());
}

TEST_F(Knowledge, SaysWhatIsMissingOrImpossible) {
  const auto refused = [&](auto&& spoil) {
    ArticleText text = sewage();
    spoil(text);
    const auto result = written(dispatcher(), std::move(text), 77);
    return result ? "written" : result.error().key + " " + result.error().field;
  };
  EXPECT_EQ(refused([](ArticleText& text) { text.title = "  "; }), "knowledge.title_missing title");
  EXPECT_EQ(refused([](ArticleText& text) { text.body.clear(); }), "knowledge.body_missing body");
  EXPECT_EQ(refused([](ArticleText& text) { text.source.clear(); }),
            "knowledge.source_missing source");
  EXPECT_EQ(refused([](ArticleText& text) { text.title.assign(101, 'x'); }),
            "knowledge.too_long title");
  EXPECT_EQ(refused([](ArticleText& text) { text.category = "minhu:99"; }),
            "knowledge.no_such_category category");
  EXPECT_EQ(refused([](ArticleText& text) { text.owner = UnitId(Uuid{9}); }),
            "knowledge.no_such_unit owner");
  EXPECT_EQ(refused([&](ArticleText& text) { text.review_on = to_date(now_); }),
            "knowledge.review_date review_on");
  EXPECT_EQ(refused([](ArticleText& text) { text.review_on += std::chrono::days(1000); }),
            "knowledge.review_date review_on");
}

}  // namespace
}  // namespace minhu::knowledge
