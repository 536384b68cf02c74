#include "engines/catalogue/catalogue.h"

#include <gtest/gtest.h>

#include <array>

namespace minhu::catalogue {
namespace {

constexpr std::array languages{std::string_view("zh-CN"), std::string_view("en")};

TEST(Catalogue, FillsPlaceholdersAndLeavesUnknownOnes) {
  const std::array files{EmbeddedFile{"zh-CN/a.json", R"({"a.left": "还剩 {days} 天，{x}"})"},
                         EmbeddedFile{"en/a.json", R"({"a.left": "{days} days left"})"}};
  const auto all = Catalogues::read(files, languages);
  ASSERT_TRUE(all);
  EXPECT_EQ(all->of("zh-CN").say("a.left", {{"days", "9"}}), "还剩 9 天，{x}");
  EXPECT_EQ(all->of("en").say("a.left", {{"days", "9"}}), "9 days left");
  EXPECT_EQ(all->of("fr").language(), "zh-CN");
  EXPECT_EQ(all->of("en").say("a.none"), "a.none");
}

TEST(Catalogue, SaysACodeOfTheProgramAsPeopleCallIt) {
  const std::array files{EmbeddedFile{"zh-CN/a.json",
                                      R"({"a.missing": "还缺：{ways@a.way}", "words.between": "、",
                       "a.way.board": "公告栏", "a.way.web": "网站"})"}};
  const auto catalogue = Catalogue::read("zh-CN", files);
  ASSERT_TRUE(catalogue);
  EXPECT_EQ(catalogue->say("a.missing", {{"ways", "board"}}), "还缺：公告栏");
  EXPECT_EQ(catalogue->say("a.missing", {{"ways", "board web"}}), "还缺：公告栏、网站");
  EXPECT_EQ(catalogue->say("a.missing", {{"ways", "pigeon"}}), "还缺：pigeon");
  EXPECT_EQ(catalogue->say("a.missing", {{"ways", ""}}), "还缺：");
  EXPECT_EQ(catalogue->say("a.missing"), "还缺：{ways@a.way}");
}

TEST(Catalogue, RefusesAKeyThatTwoFilesShare) {
  const std::array files{EmbeddedFile{"en/a.json", R"({"a.x": "1"})"},
                         EmbeddedFile{"en/b.json", R"({"a.x": "2"})"}};
  const auto catalogue = Catalogue::read("en", files);
  ASSERT_FALSE(catalogue);
  EXPECT_EQ(catalogue.error().key, "catalogue.bad_file");
}

}  // namespace
}  // namespace minhu::catalogue
