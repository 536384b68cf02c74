// Promises as residents meet them: the public page, the line on the receipt, their own verdict.
#include "adapters/pages/test_browser.h"
#include "features/accounts/accounts.h"
#include "features/promises/steps.h"

namespace minhu::pages {
namespace {

using promises::PromiseId;
using Kind = promises::EventKind;

class PromisePages : public PagesWorld {
 protected:
  void SetUp() override {
    accounts::Account holder;
    holder.id = entropy_.id<accounts::AccountId>(now_);
    holder.login = "shen";
    holder.display_name = "沈国平";
    holder.principal = {Role::leader, county_.petition_office, {}};
    write([&](Transaction& t) {
      ASSERT_TRUE(accounts::create_account(t, county_.region, holder, {}, now_));
      const auto made = promises::make_post(t, as(Role::system_admin), county_.petition_office,
                                            "县长", holder.id);
      ASSERT_TRUE(made) << made.error().key;
      post_ = made->id;
    });
  }
  PromiseId promised(CaseId case_id = {}) {
    promises::NewPromise made;
    made.matter = "上溪村自来水";
    made.words = "年底以前把张大爷家门口的水管接通。";
    made.promised_on = format_date(to_date(now_));
    made.due = "2025-12-31";
    made.post = post_;
    made.unit = water_;
    made.case_id = case_id;
    const auto promise = database_->write([&](Transaction& t) {
      return promises::make(t, as(Role::clerk, county_.petition_office), made,
                            cases::ClientToken{++tokens_});
    });
    EXPECT_TRUE(promise) << promise.error().key << promise.error().field;
    return promise->id;
  }
  void take(const cases::Context& context, PromiseId id, Kind kind, Fields fields) {
    promises::Step step;
    step.kind = kind;
    step.fields = std::move(fields);
    const auto taken =
        database_->write([&](Transaction& t) { return promises::take_step(t, context, id, step); });
    ASSERT_TRUE(taken) << taken.error().key << ' ' << taken.error().field;
  }
  void publish(PromiseId id) {
    cases::Context other = dispatcher();
    other.actor.account = entropy_.id<accounts::AccountId>(now_);
    take(other, id, Kind::published, {{"words", "年底以前接通上溪村的自来水"}});
  }

  promises::PostId post_;
  std::uint8_t tokens_ = 0;
};

TEST_F(PromisePages, ThePublicPageShowsApprovedWordsAndNeverWhatWasSaidToSomebody) {
  EXPECT_TRUE(holds(get("/promises").body, "现在还没有公开的承诺"));
  const PromiseId id = promised();
  EXPECT_TRUE(holds(get("/promises").body, "另有1项刚记下来"));
  publish(id);
  const auto page = get("/promises");
  EXPECT_EQ(page.status, 200);
  EXPECT_TRUE(holds(page.body, "年底以前接通上溪村的自来水"));
  EXPECT_TRUE(holds(page.body, "沈国平，县长"));
  EXPECT_TRUE(holds(page.body, "承办：县水利局"));
  EXPECT_FALSE(holds(page.body, "张大爷"));
  now_ = *parse_instant("2026-01-05 09:00");
  EXPECT_TRUE(holds(get("/promises").body, "过了期限还没办好的"));
}

TEST_F(PromisePages, OfAPromiseToOnePersonTheMonthIsToldInWordsAndNoPlace) {
  publish(promised(case_of(number_on(file_report().body))));
  const std::string told = between(get("/promises").body, "<article", "</article>");
  EXPECT_TRUE(holds(told, "本人没有同意公开内容"));
  EXPECT_TRUE(holds(told, "2025年9月答应")) << told;
  EXPECT_FALSE(holds(told, "2025-09"));
  EXPECT_FALSE(holds(told, "全县")) << "it was said in one village";
  const std::string english = between(get("/promises?lang=en").body, "<article", "</article>");
  EXPECT_TRUE(holds(english, "promised Sep 2025")) << english;
  publish(promised());
  EXPECT_TRUE(holds(get("/promises").body, "<p class=\"meta num\">全县 · 沈国平，县长"));
}

TEST_F(PromisePages, WhoeverItWasPromisedToReadsTheWordsAndSaysWhetherTheyWereKept) {
  const auto receipt = file_report();
  const std::string number = number_on(receipt.body);
  const CaseId case_id = case_of(number);
  EXPECT_FALSE(holds(get("/t/" + number).body, "/promises"));
  const PromiseId id = promised(case_id);
  post("/t/" + number + "/kept", {});
  EXPECT_TRUE(holds(get("/t/" + number).body, "领导当面答应过您1件事"));
  const std::string address = "/t/" + number + "/promises";
  EXPECT_TRUE(holds(get(address).body, "张大爷家门口的水管"));
  // Nothing chosen: told what is missing, and nothing kept.
  const auto empty = post(address, {field("promise", id.text())});
  EXPECT_EQ(empty.status, 400);
  EXPECT_TRUE(holds(empty.body, "请选一个"));
  const auto said = follow(post(
      address, {field("promise", id.text()), field("verdict", "not_kept"), field("words", "")}));
  EXPECT_TRUE(holds(said.body, "您说：没有兑现。"));
  const auto now = database_->read([&](Reading& reading) {
    return promises::of_case(reading, county_.region, case_id).front();
  });
  EXPECT_EQ(now.verdict->verdict, promises::Verdict::not_kept);
  // A browser without the pass is asked for the code, and a promise of another case is none.
  close_browser();
  EXPECT_FALSE(holds(get(address).body, "张大爷"));
}

TEST_F(PromisePages, WhatTheySayOfAPromiseStandsInTheFormAgainWhateverWasWrongWithIt) {
  const auto receipt = file_report();
  const std::string number = number_on(receipt.body);
  const std::string address = "/t/" + number + "/promises";
  const PromiseId first = promised(case_of(number));
  const PromiseId second = promised(case_of(number));
  post("/t/" + number + "/kept", {});
  const auto unchosen =
      post(address, {field("promise", second.text()), field("words", "水管只接到了隔壁")});
  EXPECT_EQ(unchosen.status, 400);
  const auto at = unchosen.body.find("id=\"p" + first.text());
  const auto its_form = unchosen.body.find("id=\"p" + second.text());
  ASSERT_NE(its_form, std::string::npos);
  const auto words = unchosen.body.find(">水管只接到了隔壁</textarea>");
  ASSERT_NE(words, std::string::npos) << unchosen.body;
  EXPECT_GT(words, its_form);
  EXPECT_TRUE(at > its_form ? words < at : true) << "in the form of that promise, and in no other";
  std::string long_words;
  for (int i = 0; i < 501; ++i) long_words += "长";
  const auto too_long = post(address, {field("promise", first.text()), field("verdict", "partly"),
                                       field("words", long_words)});
  EXPECT_EQ(too_long.status, 400);
  EXPECT_TRUE(holds(too_long.body, long_words + "</textarea>"));
  EXPECT_TRUE(holds(too_long.body, "value=\"partly\" checked"));
}

TEST_F(PromisePages, APassThatIsOverCostsNobodyWhatTheyWroteOfAPromise) {
  const auto receipt = file_report();
  const std::string number = number_on(receipt.body);
  const std::string code = code_on(receipt.body);
  const std::string address = "/t/" + number + "/promises";
  const PromiseId id = promised(case_of(number));
  now_.unix_ms += 2 * 3'600'000 + 1;
  const Form form{field("promise", id.text()), field("verdict", "not_kept"),
                  field("words", "门口还是干的")};
  const auto asked = post(address, form);
  EXPECT_EQ(asked.status, 401);
  EXPECT_EQ(value_of(asked.body, "words"), "门口还是干的");
  EXPECT_EQ(value_of(asked.body, "verdict"), "not_kept");
  Form wrong = form;
  wrong.push_back(field("code", "1234 5678 9012 3456 7890 1234"));
  EXPECT_EQ(post(address, wrong).status, 401);
  Form again = form;
  again.push_back(field("code", code));
  EXPECT_TRUE(holds(follow(post(address, again)).body, "您说：没有兑现。"));
}

}  // namespace
}  // namespace minhu::pages
