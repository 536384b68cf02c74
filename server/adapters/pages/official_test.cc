#include "adapters/pages/test_browser.h"

namespace minhu::pages {
namespace {

class Official : public PagesWorld {
 protected:
  Form some_form() {
    return {field("token", value_of(get("/report/official").body, "token")),
            field("words", "某人收了钱")};
  }
};

TEST_F(Official, ReportLeavesNoCookieAndNoDraftAndIsHeldAtOnce) {
  const auto page = get("/report/official");
  EXPECT_TRUE(header(page, "Set-Cookie").empty());
  const auto receipt = post("/report/official", some_form());
  EXPECT_EQ(receipt.status, 200);
  EXPECT_TRUE(header(receipt, "Set-Cookie").empty());
  EXPECT_TRUE(header(receipt, "Location").empty());
  EXPECT_EQ(header(receipt, "Cache-Control"), "no-store");
  EXPECT_TRUE(jar_.empty());
  EXPECT_EQ(count("SELECT count(*) FROM draft"), 0);
  const auto held = file(case_of(number_on(receipt.body)));
  EXPECT_EQ(held.track, cases::Track::accusation);
  EXPECT_EQ(held.state, cases::State::held);
}

TEST_F(Official, PagesHaveATitleThatSaysNothingAndAWayOutAtOnce) {
  const auto page = get("/report/official");
  EXPECT_EQ(between(page.body, "<title>", "</title>"), "民呼");
  EXPECT_TRUE(holds(page.body, "data-exit"));
  EXPECT_TRUE(holds(page.body, "data-quiet"));
  EXPECT_FALSE(holds(page.body, "data-keep"));
}

TEST_F(Official, SwitchingWipesWhatWasBegun) {
  begin_report("先从普通的路写起");
  EXPECT_EQ(count("SELECT count(*) FROM draft"), 1);
  const auto page = get("/report/official");
  EXPECT_FALSE(holds(page.body, "先从普通的路写起"));
  EXPECT_EQ(count("SELECT count(*) FROM draft"), 0);
  EXPECT_TRUE(jar_.empty());
}

TEST_F(Official, SentTwiceIsOneCaseWithOneReceipt) {
  const Form form = some_form();
  const auto first = post("/report/official", form);
  const auto second = post("/report/official", form);
  EXPECT_EQ(number_on(first.body), number_on(second.body));
  EXPECT_EQ(code_on(first.body), code_on(second.body));
  EXPECT_EQ(count("SELECT count(*) FROM case_file"), 1);
}

TEST_F(Official, KeepsWhatWasTypedAfterAnErrorWithoutStoringIt) {
  const auto page = post("/report/official", {field("token", std::string(32, 'a')),
                                              field("words", ""), field("contact", "1380")});
  EXPECT_EQ(page.status, 400);
  EXPECT_EQ(between(page.body, "<title>", "</title>"), "民呼");
  EXPECT_TRUE(holds(page.body, "value=\"1380\""));
  EXPECT_TRUE(jar_.empty());
}

TEST_F(Official, CaseIsFollowedWithoutAnyCookie) {
  const auto receipt = post("/report/official", some_form());
  const std::string number = number_on(receipt.body);
  const auto opened = post("/t", {field("number", number), field("code", code_on(receipt.body))});
  EXPECT_EQ(opened.status, 200);
  EXPECT_TRUE(jar_.empty());
  EXPECT_TRUE(holds(opened.body, "某人收了钱"));
  EXPECT_TRUE(holds(opened.body, "受到打击报复"));
  EXPECT_FALSE(holds(opened.body, "/urge"));
  const std::string pass = value_of(opened.body, "pass");
  ASSERT_FALSE(pass.empty());

  const auto form =
      post("/t/" + number + "/supplement", {field("pass", pass), field("show", "yes")});
  EXPECT_TRUE(holds(form.body, "<textarea"));
  const auto added =
      post("/t/" + number + "/supplement",
           {field("pass", value_of(form.body, "pass")),
            field("token", value_of(form.body, "token")), field("words", "还有一张收条")});
  EXPECT_EQ(added.status, 200);
  EXPECT_TRUE(holds(added.body, "补充的已经收到"));
  EXPECT_TRUE(holds(added.body, "还有一张收条"));
  EXPECT_TRUE(jar_.empty());
  // Without the hidden field the address alone gives nothing away.
  EXPECT_FALSE(holds(get("/t/" + number).body, "某人收了钱"));
}

TEST_F(Official, AddressOfAHeldCaseLooksLikeAnyOther) {
  const auto receipt = post("/report/official", some_form());
  const auto held = get("/t/" + number_on(receipt.body));
  auto unknown = get("/t/" + cases::show_number(cases::make_number(keyring_, 1234567)));
  const auto without = [](std::string body, const std::string& token, const std::string& number) {
    for (const auto& part : {token, number}) {
      for (auto at = body.find(part); at != std::string::npos; at = body.find(part)) {
        body.replace(at, part.size(), "");
      }
    }
    return body;
  };
  EXPECT_EQ(
      without(held.body, value_of(held.body, "token"), value_of(held.body, "number")),
      without(unknown.body, value_of(unknown.body, "token"), value_of(unknown.body, "number")));
}

TEST_F(Official, ReportsAreInNoPublicCount) {
  for (int i = 0; i < 6; ++i) post("/report/official", some_form());
  EXPECT_TRUE(holds(get("/done").body, "还没有数字"));
}

}  // namespace
}  // namespace minhu::pages
