#include "adapters/pages/test_browser.h"
#include "features/cases/guard.h"

namespace minhu::pages {
namespace {

using cases::EventKind;

class Track : public PagesWorld {
 protected:
  // A case filed through the pages whose receipt has been noted; the browser may look at it.
  void filed() {
    const auto receipt = file_report();
    number_ = number_on(receipt.body);
    code_ = code_on(receipt.body);
    id_ = case_of(number_);
    address_ = "/t/" + number_;
    follow(post(address_ + "/kept", {}));
  }
  http::Response step(const std::string& path, Form more = {}) {
    const auto page = get(address_ + "/" + path);
    EXPECT_EQ(page.status, 200) << path;
    more.push_back(field("token", value_of(page.body, "token")));
    return post(address_ + "/" + path, more);
  }

  std::string number_, code_, address_;
  CaseId id_;
};

TEST_F(Track, OpensWithNumberAndCodeHoweverTheyAreTyped) {
  filed();
  close_browser();
  EXPECT_TRUE(holds(get(address_).body, "name=\"code\""));
  std::string lower = number_.substr(3);
  std::transform(lower.begin(), lower.end(), lower.begin(), ::tolower);
  const auto opened = post("/t", {field("number", lower), field("code", code_)});
  EXPECT_EQ(header(opened, "Location"), address_);
  EXPECT_TRUE(holds(get(address_).body, "村口的污水管破了。"));
}

TEST_F(Track, SaysTheSameForEveryWrongCombinationAndAnswersLaterEachTime) {
  filed();
  close_browser();
  const auto other = received(9);
  std::vector<std::pair<std::string, std::string>> wrong{
      {number_, "1234 5678 9012 3456 7890 1234"},
      {number_, other.query_code.reveal_because("test")},
      {"MH-2222-2222-2222", code_},
      {"MH-ABCD", code_},
      {"你好", "你好"}};
  std::chrono::milliseconds before{};
  for (const auto& [number, code] : wrong) {
    const auto page = post("/t", {field("number", number), field("code", code)});
    EXPECT_EQ(page.status, 401);
    EXPECT_TRUE(holds(page.body, "编号和查询码对不上"));
    EXPECT_GT(page.hold, before);
    before = page.hold;
    EXPECT_TRUE(header(page, "Set-Cookie").empty());
  }
  EXPECT_EQ(post("/t", {field("number", number_), field("code", code_)}).hold.count(), 0);
}

TEST_F(Track, AnotherPersonsPassOpensNothing) {
  filed();
  const std::string mine = address_;
  const auto theirs = file_report("别人的事");
  const std::string other = "/t/" + number_on(theirs.body);
  // The cookie of one case moved to the path of another.
  auto& pass = jar_.at({"minhu-receipt", other});
  pass.value = jar_.at({"minhu-receipt", mine}).value;
  EXPECT_FALSE(holds(get(other).body, "别人的事"));
  pass.value = "bm9uc2Vuc2U";
  EXPECT_FALSE(holds(get(other).body, "别人的事"));
}

TEST_F(Track, APassEndsAfterTwoHours) {
  filed();
  EXPECT_TRUE(holds(get(address_).body, "村口的污水管破了。"));
  now_.unix_ms += 2 * 3'600'000 + 1;
  EXPECT_FALSE(holds(get(address_).body, "村口的污水管破了。"));
}

TEST_F(Track, TellsWhoHasItUntilWhenAndWhyThatDate) {
  filed();
  must(dispatcher(), id_, EventKind::transferred, to(housing_));
  const auto page = get(address_);
  EXPECT_TRUE(holds(page.body, "已经转给县住建局，等他们签收"));
  EXPECT_TRUE(holds(page.body, "还剩")) << page.body;
  EXPECT_TRUE(holds(page.body, "为什么是这一天"));
  EXPECT_TRUE(holds(page.body, "当天不算"));
  pass_days(40);
  EXPECT_EQ(post("/t", {field("number", number_), field("code", code_)}).status, 303);
  EXPECT_TRUE(holds(get(address_).body, "class=\"note r\""));
}

TEST_F(Track, FollowsACaseFromFilingToItsRating) {
  filed();
  EXPECT_EQ(header(step("supplement",
                        {field("words", "今天更严重了"), upload("photos", "image/jpeg", "jpeg")}),
                   "Location"),
            address_ + "?said=supplement");
  EXPECT_TRUE(holds(get(address_ + "?said=supplement").body, "补充的已经收到"));
  EXPECT_TRUE(holds(get(address_).body, "今天更严重了"));
  const std::string picture = between(get(address_).body, "<a class=\"pic\" href=\"", "\"");
  EXPECT_EQ(get(picture).body, "jpeg");

  EXPECT_TRUE(holds(get(address_ + "/urge").body, "催一下</button>"));
  step("urge");
  EXPECT_EQ(file(id_).urged, 1);
  const auto urged_already = get(address_ + "/urge");
  EXPECT_TRUE(holds(urged_already.body, "单位看得到您在等"));
  EXPECT_FALSE(holds(urged_already.body, "催一下</button>"));
  const auto too_often = step("urge");
  EXPECT_EQ(too_often.status, 429);
  EXPECT_TRUE(holds(too_often.body, "三天里已经催过一次"));

  answer(id_);
  const auto answered = get(address_);
  EXPECT_TRUE(holds(answered.body, "有答复了，请您看看"));
  EXPECT_TRUE(holds(answered.body, "管道已经更换，路面已清洗。"));
  EXPECT_TRUE(holds(answered.body, address_ + "/rate"));
  EXPECT_TRUE(holds(answered.body, address_ + "/review"));
  EXPECT_FALSE(holds(answered.body, address_ + "/urge"));

  const auto undecided = step("rate", {field("words", "还行")});
  EXPECT_EQ(undecided.status, 400);
  EXPECT_TRUE(holds(undecided.body, ">还行</textarea>"));
  step("rate", {field("solved", "partly"), field("satisfaction", "mostly"), field("again", "yes")});
  EXPECT_EQ(file(id_).solved, cases::Solved::partly);
  EXPECT_EQ(file(id_).satisfaction, cases::Satisfaction::mostly);
  EXPECT_TRUE(holds(get(address_).body, "您评价：解决了一部分"));
}

TEST_F(Track, TakesAStepOnceHoweverOftenItIsSent) {
  filed();
  const auto page = get(address_ + "/supplement");
  const Form form{field("token", value_of(page.body, "token")), field("words", "再说一句")};
  post(address_ + "/supplement", form);
  post(address_ + "/supplement", form);
  EXPECT_EQ(file(id_).seq, 1);
}

TEST_F(Track, ShowsAgainWhatWasTypedWhileMoreComesInThanCanBeRead) {
  filed();
  const auto page = get(address_ + "/supplement");
  const Form form{field("token", value_of(page.body, "token")), field("words", "再说一句")};
  admitted_ = fail(FaultCode::too_many, "http.too_often", std::string(),
                   std::map<std::string, std::string>{{"minutes", "7"}, {"seconds", "420"}});
  const auto asked_to_wait = post(address_ + "/supplement", form);
  EXPECT_TRUE(holds(asked_to_wait.body, "请过7分钟再交"));
  EXPECT_TRUE(holds(asked_to_wait.body, ">再说一句</textarea>"));
  EXPECT_EQ(file(id_).seq, 0);

  admitted_ = Outcome();
  EXPECT_EQ(post(address_ + "/supplement", form).status, 303);
  EXPECT_EQ(file(id_).seq, 1);
}

TEST_F(Track, WithdrawsAfterSayingWhatItMeansAlsoWhenTappedTwice) {
  filed();
  const auto page = get(address_ + "/withdraw");
  EXPECT_TRUE(holds(page.body, "要是有人逼您撤回"));
  const Form form{field("token", value_of(page.body, "token"))};
  EXPECT_EQ(post(address_ + "/withdraw", form).status, 303);
  EXPECT_EQ(post(address_ + "/withdraw", form).status, 303);
  EXPECT_EQ(file(id_).state, cases::State::withdrawn);
  EXPECT_TRUE(holds(get(address_).body, "您撤回了"));
}

TEST_F(Track, AsksForAReviewAndARecheckWhenTheyAreOpen) {
  filed();
  answer(id_);
  EXPECT_TRUE(holds(get(address_).body, "您可以请求复查的期限"));
  EXPECT_EQ(step("review", {field("words", "没有修好")}).status, 303);
  EXPECT_EQ(file(id_).state, cases::State::review_requested);
}

TEST_F(Track, AVoiceOrAPhotoAloneCanBeAdded) {
  filed();
  EXPECT_EQ(step("supplement").status, 400);
  EXPECT_EQ(step("supplement", {field("words", ""), upload("voice", "audio/mp4", "voice")}).status,
            303);
  EXPECT_TRUE(holds(get(address_).body, "听录音"));
}

TEST_F(Track, WhoeverMustSendAgainIsToldThatFilesHaveToBeChosenAgain) {
  filed();
  const auto refused =
      step("supplement", {field("words", "坏了"), upload("photos", "image/jpeg", "jpeg"),
                          upload("photos", "application/x-msdownload", "MZ")});
  EXPECT_EQ(refused.status, 400);
  EXPECT_TRUE(holds(refused.body, ">坏了</textarea>"));
  EXPECT_TRUE(holds(refused.body, "照片和录音要重新选一次"));
  EXPECT_FALSE(holds(get(address_ + "/supplement").body, "照片和录音要重新选一次"));
}

TEST_F(Track, WhatCouldOnlyBeRefusedForItsTimeIsNotOfferedAndSaidPlainlyToWhoeverIsLate) {
  filed();
  answer(id_);
  EXPECT_TRUE(holds(get(address_).body, address_ + "/review"));
  const auto form = get(address_ + "/review");
  const auto open_again = [&] {
    post("/t", {field("number", number_), field("code", code_)});
    return get(address_).body;
  };
  pass_days(40);  // 30 days, and what a holiday at their end adds
  EXPECT_FALSE(holds(open_again(), address_ + "/review"));
  EXPECT_TRUE(holds(get(address_).body, address_ + "/rate"));
  EXPECT_EQ(header(get(address_ + "/review"), "Location"), address_);
  const auto late = post(address_ + "/review", {field("token", value_of(form.body, "token")),
                                                field("words", "没有修好")});
  EXPECT_EQ(late.status, 409);
  EXPECT_TRUE(holds(late.body, "请求的期限过了")) << late.body;
  EXPECT_TRUE(holds(late.body, ">没有修好</textarea>"));
  pass_days(30);
  EXPECT_FALSE(holds(open_again(), address_ + "/rate"));
}

TEST_F(Track, KeepsWordsWhenThePassEndedAndSendsThemWithTheCode) {
  filed();
  const auto page = get(address_ + "/supplement");
  now_.unix_ms += 3 * 3'600'000;
  const Form form{field("token", value_of(page.body, "token")), field("words", "写了很久的话")};
  const auto again = post(address_ + "/supplement", form);
  EXPECT_EQ(again.status, 401);
  EXPECT_EQ(value_of(again.body, "words"), "写了很久的话");
  Form with_wrong_code = form;
  with_wrong_code.push_back(field("code", "1"));
  EXPECT_GT(post(address_ + "/supplement", with_wrong_code).hold.count(), 0);
  Form with_code = form;
  with_code.push_back(field("code", code_));
  EXPECT_EQ(post(address_ + "/supplement", with_code).status, 303);
  EXPECT_TRUE(holds(get(address_).body, "写了很久的话"));
}

TEST_F(Track, ANewCodeShutsTheOldOneOutAndIsGivenAgainWhenTheResponseWasLost) {
  filed();
  const auto page = get(address_ + "/revoke");
  const Form form{field("token", value_of(page.body, "token"))};
  const auto before = jar_;
  const auto first = follow(post(address_ + "/revoke", form));
  const std::string fresh = code_on(first.body);
  EXPECT_NE(fresh, code_);
  jar_ = before;  // the response never arrived
  const auto repeated = follow(post(address_ + "/revoke", form));
  EXPECT_EQ(code_on(repeated.body), fresh);
  jar_ = before;
  EXPECT_FALSE(holds(get(address_).body, "村口的污水管破了。"));
  // Another form of somebody who holds only the old pass gets nothing.
  EXPECT_TRUE(
      code_on(post(address_ + "/revoke", {field("token", std::string(32, '7'))}).body).empty());
  close_browser();
  EXPECT_EQ(post("/t", {field("number", number_), field("code", code_)}).status, 401);
  EXPECT_EQ(post("/t", {field("number", number_), field("code", fresh)}).status, 303);
}

TEST_F(Track, ACodeFromAClerkBecomesTheSpeakersOwn) {
  cases::Words words = some_words(42);
  words.helped_by_clerk = true;
  const auto receipt = receive_words(as(Role::clerk, county_.petition_office), words);
  ASSERT_TRUE(receipt);
  const std::string number = cases::show_number(receipt->number);
  const auto page = get("/activate");
  const Form form{field("token", value_of(page.body, "token")), field("number", number),
                  field("code", receipt->activation_code.reveal_because("test"))};
  const auto first = follow(post("/activate", form));
  EXPECT_TRUE(cases::parse_query_code(code_on(first.body)));
  close_browser();
  EXPECT_EQ(code_on(follow(post("/activate", form)).body), code_on(first.body));
  Form other = form;
  other[0] = field("token", std::string(32, '3'));
  EXPECT_TRUE(holds(post("/activate", other).body, "启用码已经用过了"));
}

TEST_F(Track, ShowsWhoOpenedTheNumberAndWhy) {
  const auto check = begin_report("路灯坏了");
  post("/report/contact", {field("phone", "13800000021"), field("may_call", "yes")});
  const auto receipt =
      follow(post("/report/check", {field("token", value_of(check.body, "token"))}));
  const CaseId id = case_of(number_on(receipt.body));
  const auto quiet = follow(post("/t/" + number_on(receipt.body) + "/kept", {}));
  EXPECT_TRUE(holds(quiet.body, "没有人看过"));
  answer(id);
  write([&](Transaction& t) { ASSERT_TRUE(cases::reveal(t, caller(), id, "问修好没有")); });
  const auto seen = get("/t/" + number_on(receipt.body));
  EXPECT_TRUE(holds(seen.body, "县信访局，为了："));
  EXPECT_TRUE(holds(seen.body, "问修好没有"));
  EXPECT_FALSE(holds(seen.body, "13800000021"));
}

TEST_F(Track, LeavingShutsTheCaseOnThisPhone) {
  filed();
  const auto left = follow(post(address_ + "/leave", {}));
  EXPECT_TRUE(holds(left.body, "已经退出"));
  EXPECT_FALSE(holds(get(address_).body, "村口的污水管破了。"));
}

TEST_F(Track, OneAddressForOneCase) {
  filed();
  std::string lower = number_;
  std::transform(lower.begin(), lower.end(), lower.begin(), ::tolower);
  EXPECT_EQ(header(get("/t/" + lower), "Location"), address_);
  EXPECT_EQ(get("/t/nothing-like-a-number").status, 200);
}

}  // namespace
}  // namespace minhu::pages
