#include "engines/templates/templates.h"

#include <gtest/gtest.h>

#include <array>

namespace minhu::templates {
namespace {

std::optional<std::string> sentence(std::string_view key) {
  if (key == "a.title") return "Tell us <now>";
  return std::nullopt;
}

TEST(Templates, EscapesForThePlaceAValueStandsIn) {
  const std::array files{
      EmbeddedFile{"page.html", "{{>FRAME}}<h1>[[a.title]]</h1><a href=\"{{LINK}}\">{{TEXT}}</a>"},
      EmbeddedFile{"frame.html", "<title>{{TITLE}}</title>"}};
  const auto all = Templates::read(files, sentence);
  ASSERT_TRUE(all);
  Values values;
  values.set("TITLE", "<script>").set("TEXT", "a<b").set("LINK", "javascript:alert(1)");
  const std::string html = all->render("page", values);
  EXPECT_EQ(html.find("<script>"), std::string::npos);
  EXPECT_NE(html.find("<title>&lt;script&gt;</title>"), std::string::npos) << html;
  EXPECT_NE(html.find("Tell us &lt;now&gt;"), std::string::npos);
  EXPECT_EQ(html.find("javascript:"), std::string::npos) << html;
}

TEST(Templates, RepeatsASectionForEachRow) {
  const std::array files{
      EmbeddedFile{"list.html", "{{#ROW}}<li>{{NAME}}</li>{{/ROW}}{{#EMPTY}}none{{/EMPTY}}"}};
  const auto all = Templates::read(files, sentence);
  ASSERT_TRUE(all);
  Values values;
  values.add("ROW").set("NAME", "一");
  values.add("ROW").set("NAME", "二");
  EXPECT_EQ(all->render("list", values), "<li>一</li><li>二</li>");
  Values empty;
  empty.show("EMPTY");
  EXPECT_EQ(all->render("list", empty), "none");
}

TEST(Templates, AMissingSentenceStopsTheStart) {
  const std::array files{EmbeddedFile{"page.html", "[[a.other]]"}};
  const auto all = Templates::read(files, sentence);
  ASSERT_FALSE(all);
  EXPECT_EQ(all.error().key, "templates.bad_file");
}

TEST(Templates, ACircleOfIncludesIsNamed) {
  const std::array files{EmbeddedFile{"a.html", "{{>B}}"}, EmbeddedFile{"b.html", "{{>A}}"}};
  const auto all = Templates::read(files, sentence);
  ASSERT_FALSE(all);
  EXPECT_EQ(all.error().details.at("reason"), "includes itself");
}

TEST(Templates, AnIncludeInsideARowSeesTheRow) {
  const std::array files{EmbeddedFile{"list.html", "{{#ROW}}{{>ITEM}}{{/ROW}}"},
                         EmbeddedFile{"item.html", "<i>{{NAME}}</i>"}};
  const auto all = Templates::read(files, sentence);
  ASSERT_TRUE(all);
  Values values;
  values.add("ROW").set("NAME", "一");
  EXPECT_EQ(all->render("list", values), "<i>一</i>");
}

}  // namespace
}  // namespace minhu::templates
