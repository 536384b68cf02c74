// Classes as residents meet them: the public ledger, the question after the words, and the note on
// their own page.
#include "adapters/pages/test_browser.h"
#include "features/classes/steps.h"

namespace minhu::pages {
namespace {

using classes::ClassId;
using Kind = classes::EventKind;

class ClassPages : public PagesWorld {
 protected:
  cases::Context by(Role role) {
    cases::Context context = as(role, county_.petition_office);
    // Who writes is not who approves.
    context.actor.account = accounts::AccountId::from_bytes(
        BytesView(as_bytes("account of " + std::string(accounts::name(role)) + "      "))
            .first(16));
    return context;
  }
  void take(const cases::Context& context, ClassId id, Kind kind, Fields fields = {}) {
    classes::Step step;
    step.kind = kind;
    step.fields = std::move(fields);
    const auto file = database_->write([&](Transaction& transaction) {
      return classes::take_step(transaction, context, matching_, id, step);
    });
    ASSERT_TRUE(file) << file.error().key << ' ' << file.error().field;
  }
  // Of five cases, with a summary that one official wrote and another approved.
  ClassId published_class() {
    classes::NewClass made;
    made.title = "内部的叫法";
    made.statement = "几个村的污水管老化。";
    made.definition = {"minhu:02", {"339901101"}, {}};
    for (std::uint8_t i = 1; i <= 5; ++i) {
      const auto id = receive_words(as(Role::anyone), some_words(i))->case_id;
      must(dispatcher(), id, cases::EventKind::triaged, {{"category", "minhu:02"}});
      made.cases.push_back(id);
    }
    const auto file = database_->write([&](Transaction& transaction) {
      return classes::propose(transaction, by(Role::dispatcher), made, cases::ClientToken{7});
    });
    EXPECT_TRUE(file) << (file ? "" : file.error().key);
    const ClassId id = file->id;
    Fields tests;
    for (const std::string_view test : classes::test_names) {
      tests[std::string(test)] = "3";
      tests[std::string(test) + "_evidence"] = "一年72件。";
    }
    take(by(Role::dispatcher), id, Kind::screened, tests);
    take(by(Role::leader), id, Kind::selected,
         {{"lead_unit", water_.text()},
          {"sponsor", "分管水利的副县长"},
          {"theme", "2024-12"},
          {"baseline", "去年72件。"}});
    take(by(Role::dispatcher), id, Kind::summary_written,
         {{"title", "村口污水管一到雨季就破"},
          {"text", "竹源镇几个村的污水管用了二十年，雨季一到就破，污水流到路上。"}});
    take(by(Role::leader), id, Kind::summary_approved);
    return id;
  }
  // The words of a draft are kept; gives where the browser is led.
  std::string say(const std::string& words) {
    return header(post("/report/what", {field("token", value_of(get("/report/what").body, "token")),
                                        field("words", words)}),
                  "Location");
  }
  http::Response file_the_rest() {
    post("/report/where", {field("skip", "yes")});
    post("/report/contact", {field("way", "none")});
    const auto check = get("/report/check");
    return follow(post("/report/check", {field("token", value_of(check.body, "token"))}));
  }
  // The ledger is put together once in five minutes.
  std::string ledger_of_now() {
    now_.unix_ms += std::int64_t{6} * 60'000;
    return get("/done/classes").body;
  }
  std::int64_t in_classes() { return count("SELECT COUNT(*) FROM class_member"); }

  classes::ByCategoryAndPlace matching_;
};

constexpr const char* same_trouble = "我们村口的污水管又破了，一下雨污水就流到路上。";

TEST_F(ClassPages, ALedgerWithoutClassesSaysSo) {
  EXPECT_TRUE(holds(get("/done/classes").body, "现在还没有公开的一类问题"));
}

TEST_F(ClassPages, TheLedgerShowsWhatAnOfficeWroteForEverybodyAndNothingElse) {
  published_class();
  const auto page = get("/done/classes");
  EXPECT_EQ(page.status, 200);
  EXPECT_TRUE(holds(page.body, "村口污水管一到雨季就破"));
  EXPECT_TRUE(holds(page.body, "牵头：县水利局"));
  EXPECT_TRUE(holds(page.body, "因为5件诉求提出来"));
  EXPECT_FALSE(holds(page.body, "内部的叫法"));
  EXPECT_TRUE(header(page, "Set-Cookie").empty());
}

TEST_F(ClassPages, TheLedgerSaysWhoDoesWhatUntilWhenOnceThePlanIsPublished) {
  const ClassId id = published_class();
  const cases::Context lead = as(Role::unit_head, water_);
  take(lead, id, Kind::cause_found, {{"cause", "money"}, {"text", "旧管一直没有列入预算。"}});
  take(lead, id, Kind::measure_planned,
       {{"text", "换完三个村的主管"},
        {"unit", water_.text()},
        {"due", "2030-06-30"},
        {"moves", "每月污水外溢的件数"}});
  const auto draft = ledger_of_now();
  EXPECT_TRUE(holds(draft, "包案：分管水利的副县长"));
  EXPECT_TRUE(holds(draft, "办之前：</b>去年72件。"));
  EXPECT_FALSE(holds(draft, "换完三个村的主管"));
  take(lead, id, Kind::plan_published, {{"plan", "分两期换管。"}, {"threshold", "1"}});
  const auto page = ledger_of_now();
  EXPECT_TRUE(holds(page, "怎么办：</b>分两期换管。"));
  EXPECT_TRUE(holds(page, "换完三个村的主管"));
  EXPECT_TRUE(holds(page, "2030年6月30日以前"));
  EXPECT_TRUE(holds(page, "看效果：每月污水外溢的件数"));
  EXPECT_FALSE(holds(page, "过期了还没做完"));
  now_.unix_ms += std::int64_t{10} * 366 * 24 * 3'600'000;
  EXPECT_TRUE(holds(ledger_of_now(), "过期了还没做完"));
  take(as(Role::unit_head, water_), id, Kind::measure_done,
       {{"measure", "1"}, {"done_on", "2030-05-02"}, {"report", "换了六公里。"}});
  const auto done = ledger_of_now();
  EXPECT_TRUE(holds(done, "2030年5月2日做完"));
  EXPECT_FALSE(holds(done, "过期了还没做完"));
}

TEST_F(ClassPages, WordsThatFitNoPublishedClassAskNothing) {
  published_class();
  EXPECT_EQ(say("小学门口晚上没有路灯，孩子放学看不见路。"), "/report/where");
}

TEST_F(ClassPages, WhoSaysThatItIsTheSameGetsAReceiptAndAnAnswerOfTheirOwn) {
  published_class();
  ASSERT_EQ(in_classes(), 5);
  ASSERT_EQ(say(same_trouble), "/report/similar");
  const auto question = get("/report/similar");
  EXPECT_TRUE(holds(question.body, "村口污水管一到雨季就破"));
  EXPECT_TRUE(holds(question.body, "就是这件，我也遇到"));
  const std::string same = value_of(question.body, "same");
  EXPECT_EQ(header(post("/report/similar", {field("same", same)}), "Location"), "/report/where");
  EXPECT_TRUE(holds(get("/report/check").body, "算进哪一类"));
  const auto receipt = file_the_rest();
  EXPECT_FALSE(number_on(receipt.body).empty());
  EXPECT_EQ(in_classes(), 6);
  const auto progress = get("/t/" + number_on(receipt.body) + "?from=kept");
  EXPECT_TRUE(holds(progress.body + receipt.body, number_on(receipt.body)));
}

TEST_F(ClassPages, WhoSaysNoneOfThemGoesOnAndJoinsNothing) {
  published_class();
  ASSERT_EQ(say(same_trouble), "/report/similar");
  EXPECT_EQ(header(post("/report/similar", {field("same", "none")}), "Location"), "/report/where");
  EXPECT_FALSE(holds(get("/report/check").body, "算进哪一类"));
  file_the_rest();
  EXPECT_EQ(in_classes(), 5);
}

TEST_F(ClassPages, WhoWritesOfAnotherMatterAfterAllJoinsNothing) {
  published_class();
  ASSERT_EQ(say(same_trouble), "/report/similar");
  post("/report/similar", {field("same", value_of(get("/report/similar").body, "same"))});
  post("/report/where", {field("skip", "yes")});
  post("/report/contact", {field("way", "none")});
  ASSERT_TRUE(holds(get("/report/check").body, "算进哪一类"));
  post("/report/what", {field("from", "check"), field("token", std::string(32, 'c')),
                        field("words", "小学门口晚上没有路灯，孩子放学看不见路。")});
  EXPECT_FALSE(holds(get("/report/check").body, "算进哪一类"));
  EXPECT_FALSE(number_on(file_the_rest().body).empty());
  EXPECT_EQ(in_classes(), 5);
}

TEST_F(ClassPages, AClassThatWasNotOfferedCannotBeChosen) {
  published_class();
  ASSERT_EQ(say(same_trouble), "/report/similar");
  const auto page =
      post("/report/similar", {field("same", "0193a000-0000-7000-8000-000000000001")});
  EXPECT_EQ(page.status, 400);
  EXPECT_TRUE(holds(page.body, "请选一个"));
}

TEST_F(ClassPages, TheSpeakersOwnPageSaysWhichClassItBelongsTo) {
  published_class();
  ASSERT_EQ(say(same_trouble), "/report/similar");
  post("/report/similar", {field("same", value_of(get("/report/similar").body, "same"))});
  const auto receipt = file_the_rest();
  const std::string number = number_on(receipt.body);
  post("/t/" + number + "/kept", {field("token", value_of(receipt.body, "token"))});
  const auto page = get("/t/" + number);
  EXPECT_TRUE(holds(page.body, "归在一类问题里")) << page.body.substr(0, 300);
  EXPECT_TRUE(holds(page.body, "期限不变"));
}

}  // namespace
}  // namespace minhu::pages
