#include "adapters/pages/test_browser.h"
#include "features/cases/said.h"

namespace minhu::pages {
namespace {

class Report : public PagesWorld {};

TEST_F(Report, IsFiledInFourPagesWithTwoTypedFieldsAndGivesAReceipt) {
  const auto page = file_report();
  EXPECT_EQ(page.status, 200);
  const std::string number = number_on(page.body);
  EXPECT_TRUE(cases::parse_number(number)) << page.body;
  EXPECT_TRUE(cases::parse_query_code(code_on(page.body)));
  EXPECT_EQ(code_on(page.body).size(), 29U);  // six groups of four
  EXPECT_TRUE(holds(page.body, "<svg class=\"qr\""));
  EXPECT_EQ(count("SELECT count(*) FROM case_file"), 1);
  EXPECT_EQ(file(case_of(number)).place, "339901101201");
}

TEST_F(Report, KeepsTheCodeOutOfEveryAddressAndCookieInTheOpen) {
  const auto check = begin_report("渠道堵了");
  const auto filed = post("/report/check", {field("token", value_of(check.body, "token"))});
  ASSERT_EQ(filed.status, 303);
  const auto receipt = follow(filed);
  std::string digits = code_on(receipt.body);
  std::erase(digits, ' ');
  ASSERT_EQ(digits.size(), 24U);
  for (const auto& response : {filed, receipt}) {
    for (const auto& [name, value] : response.headers) EXPECT_FALSE(holds(value, digits)) << name;
  }
  EXPECT_FALSE(holds(receipt.body.substr(0, receipt.body.find("class=\"code")), digits));
  const std::string cookie = header(filed, "Set-Cookie");
  EXPECT_TRUE(holds(cookie, "Path=/t/MH-"));
  EXPECT_TRUE(holds(cookie, "HttpOnly; SameSite=Strict; Secure"));
  EXPECT_EQ(header(receipt, "Cache-Control"), "no-store");
}

TEST_F(Report, GivesTheSameReceiptForADoubleTapALostResponseAndAReload) {
  const auto check = begin_report("渠道堵了");
  const Form send_it{field("token", value_of(check.body, "token"))};
  const auto first = follow(post("/report/check", send_it));
  const auto second = follow(post("/report/check", send_it));
  const auto back_button = follow(get("/report/check"));
  const auto reloaded = get("/t/" + number_on(first.body));
  EXPECT_FALSE(number_on(first.body).empty());
  for (const auto& other : {second, back_button, reloaded}) {
    EXPECT_EQ(number_on(other.body), number_on(first.body));
    EXPECT_EQ(code_on(other.body), code_on(first.body));
  }
  EXPECT_EQ(count("SELECT count(*) FROM case_file"), 1);
}

TEST_F(Report, ShowsTheCodeOnlyUntilItIsNotedOrHalfAnHourHasPassed) {
  const auto receipt = file_report();
  const std::string number = number_on(receipt.body);
  now_.unix_ms += 31 * 60'000;
  const auto later = get("/t/" + number);
  EXPECT_TRUE(code_on(later.body).empty());
  EXPECT_TRUE(holds(later.body, "您说的"));

  const auto again = file_report("另一件事");
  const std::string other = number_on(again.body);
  EXPECT_FALSE(code_on(get("/t/" + other).body).empty());
  const auto noted = follow(post("/t/" + other + "/kept", {}));
  EXPECT_TRUE(code_on(noted.body).empty());
  EXPECT_TRUE(code_on(get("/t/" + other).body).empty());
  EXPECT_TRUE(code_on(get("/t/" + other + "/print").body).empty());
}

TEST_F(Report, NobodyAfterThemGetsTheReceiptOnceTheyHaveNotedTheCodeOrLeft) {
  for (const char* const way : {"/kept", "/leave"}) {
    close_browser();
    const auto receipt = file_report("村口的灯不亮");
    const std::string number = number_on(receipt.body);
    ASSERT_FALSE(code_on(follow(get("/report/check")).body).empty()) << "a lost answer is repaired";
    follow(post("/t/" + number + way, {}));
    const auto next_person = follow(get("/report/check"));
    EXPECT_TRUE(code_on(next_person.body).empty()) << way;
    EXPECT_FALSE(holds(next_person.body, number)) << way;
  }
}

TEST_F(Report, LeavingAReceiptTakesNothingOfWhatIsBeingWrittenNow) {
  const auto receipt = file_report("第一件");
  const std::string number = number_on(receipt.body);
  begin_report("第二件，还没有交");
  const auto left = follow(post("/t/" + number + "/leave", {}));
  EXPECT_TRUE(holds(left.body, "已经退出"));
  EXPECT_TRUE(holds(get("/report/check").body, "第二件，还没有交"));
}

TEST_F(Report, ComingBackToTheReceiptDoesNotMakeItsHalfHourLonger) {
  const std::string number = number_on(file_report().body);
  now_.unix_ms += 29 * 60'000;
  EXPECT_FALSE(code_on(follow(get("/report/check")).body).empty());
  now_.unix_ms += 2 * 60'000;
  EXPECT_TRUE(code_on(get("/t/" + number).body).empty());
}

TEST_F(Report, LeavesNoWordOfTheDraftBehindOnceItIsFiled) {
  file_report("只有我知道的事");
  const auto what = get("/report/what");
  EXPECT_FALSE(holds(what.body, "只有我知道的事"));
  EXPECT_EQ(count("SELECT count(*) FROM draft_attachment"), 0);
}

TEST_F(Report, NeverFilesAnotherDraftThanTheOneThatWasShown) {
  const auto old_page = begin_report("第一件");
  follow(post("/report/check", {field("token", value_of(old_page.body, "token"))}));
  begin_report("第二件，还没有想好");
  const auto stale = post("/report/check", {field("token", value_of(old_page.body, "token"))});
  EXPECT_EQ(header(stale, "Location"), "/report/check");
  EXPECT_EQ(count("SELECT count(*) FROM case_file"), 1);
}

TEST_F(Report, OffersTheWayToReportAnOfficialBeforeAnythingIsTyped) {
  EXPECT_TRUE(holds(get("/").body, "href=\"/report/official\""));
  const auto what = get("/report/what");
  EXPECT_LT(what.body.find("href=\"/report/official\""), what.body.find("<textarea"));
  EXPECT_TRUE(header(what, "Set-Cookie").empty());
}

TEST_F(Report, AsksForWordsOrAVoiceAndKeepsThePhotos) {
  const auto refused = post("/report/what", {field("token", std::string(32, 'a')),
                                             upload("photos", "image/jpeg", "jpeg")});
  EXPECT_EQ(refused.status, 400);
  EXPECT_TRUE(holds(refused.body, "<title>错误："));
  EXPECT_TRUE(holds(refused.body, "href=\"#words\""));
  EXPECT_TRUE(holds(refused.body, "/report/files/"));
  const auto spoken = post("/report/what", {field("token", std::string(32, 'b')),
                                            upload("voice", "audio/mp4", "sound")});
  EXPECT_EQ(header(spoken, "Location"), "/report/where");
}

TEST_F(Report, KeepsWhatWasTypedWhenItIsTooLongOrAFileIsRefused) {
  std::string words;
  for (int i = 0; i < 2001; ++i) words += "字";
  const auto too_long =
      post("/report/what", {field("token", std::string(32, 'a')), field("words", words)});
  EXPECT_EQ(too_long.status, 400);
  EXPECT_TRUE(holds(too_long.body, words));

  const auto bad_file =
      post("/report/what", {field("token", std::string(32, 'b')), field("words", "路灯坏了"),
                            upload("photos", "application/x-msdownload", "MZ"),
                            upload("photos", "image/jpeg", "jpeg")});
  EXPECT_EQ(bad_file.status, 400);
  EXPECT_TRUE(holds(bad_file.body, "您写的话都还在"));
  const auto again = get("/report/what");
  EXPECT_TRUE(holds(again.body, ">路灯坏了</textarea>"));
  EXPECT_TRUE(holds(again.body, "/report/files/"));
}

TEST_F(Report, ShowsAgainWhatWasTypedWhileMoreComesInThanCanBeRead) {
  admitted_ = fail(FaultCode::too_many, "http.too_often", std::string(),
                   std::map<std::string, std::string>{{"minutes", "7"}, {"seconds", "420"}});
  const Form form{field("token", std::string(32, 'd')), field("words", "路灯坏了"),
                  upload("photos", "image/jpeg", "jpeg")};
  const auto asked_to_wait = post("/report/what", form);
  EXPECT_EQ(asked_to_wait.status, 429);
  EXPECT_TRUE(holds(asked_to_wait.body, ">路灯坏了</textarea>"));
  EXPECT_TRUE(holds(asked_to_wait.body, "请过7分钟再交"));
  EXPECT_TRUE(header(asked_to_wait, "Set-Cookie").empty());
  EXPECT_EQ(count("SELECT count(*) FROM draft"), 0);
  EXPECT_EQ(count("SELECT count(*) FROM draft_attachment"), 0);

  admitted_ = Outcome();
  EXPECT_EQ(post("/report/what", form).status, 303);
  EXPECT_EQ(count("SELECT count(*) FROM draft_attachment"), 1);
}

TEST_F(Report, TakesThePhotosOfADoubleTapOnce) {
  const Form form{field("token", std::string(32, 'c')), field("words", "路灯坏了"),
                  upload("photos", "image/jpeg", "jpeg")};
  post("/report/what", form);
  post("/report/what", form);
  EXPECT_EQ(count("SELECT count(*) FROM draft_attachment"), 1);
}

TEST_F(Report, ShowsAndRemovesPhotosThatWereAdded) {
  post("/report/what", {field("token", std::string(32, 'c')), field("words", "路灯坏了"),
                        upload("photos", "image/jpeg", "jpeg")});
  const std::string id = value_of(get("/report/what").body, "remove");
  const auto picture = get("/report/files/" + id);
  EXPECT_EQ(picture.body, "jpeg");
  EXPECT_EQ(header(picture, "X-Content-Type-Options"), "nosniff");
  post("/report/what",
       {field("token", std::string(32, 'd')), field("words", "路灯坏了两盏"), field("remove", id)});
  const auto what = get("/report/what");
  EXPECT_FALSE(holds(what.body, "/report/files/"));
  EXPECT_TRUE(holds(what.body, "路灯坏了两盏"));
}

TEST_F(Report, AsksWhichPlaceIsMeantOnlyWhenThereAreSeveral) {
  post("/report/what", {field("token", std::string(32, 'a')), field("words", "路灯坏了")});
  const auto which = post("/report/where", {field("place_words", "上溪村口")});
  EXPECT_EQ(which.status, 200);
  EXPECT_TRUE(holds(which.body, "竹源镇 上溪村"));
  EXPECT_TRUE(holds(which.body, "松坑乡 上溪村"));
  const auto chosen =
      post("/report/where", {field("place_words", "上溪村口"), field("asked", "上溪村口"),
                             field("place", "339901102201")});
  EXPECT_EQ(header(chosen, "Location"), "/report/contact");
  EXPECT_TRUE(holds(get("/report/check").body, "松坑乡 上溪村"));
  EXPECT_EQ(header(post("/report/where", {field("place_words", "石门那边")}), "Location"),
            "/report/contact");
  EXPECT_TRUE(holds(get("/report/check").body, "松坑乡 石门村"));
  EXPECT_EQ(header(post("/report/where", {field("skip", "yes")}), "Location"), "/report/contact");
  EXPECT_TRUE(holds(get("/report/check").body, "没有说"));
}

TEST_F(Report, TypeAheadIsAPieceOfThePageAndItsQuestionIsInNoAddress) {
  const auto piece = post("/report/places", {field("place_words", "石门")});
  EXPECT_TRUE(holds(piece.body, "松坑乡 石门村"));
  EXPECT_FALSE(holds(piece.body, "<html"));
}

TEST_F(Report, TakesContactAsPeopleWriteItAndKeepsNoMoreThanItNeeds) {
  post("/report/what", {field("token", std::string(32, 'a')), field("words", "路灯坏了")});
  const auto wrong = post("/report/contact", {field("phone", "138"), field("way", "sms")});
  EXPECT_EQ(wrong.status, 400);
  EXPECT_TRUE(holds(wrong.body, "value=\"138\""));
  post("/report/contact", {field("phone", "+86 138-0000-0021"), field("way", "sms")});
  EXPECT_TRUE(holds(get("/report/check").body, "发短信 138****0021"));
  // "No need" and no call: the number is not kept.
  post("/report/contact", {field("phone", "13800000021"), field("way", "none")});
  EXPECT_TRUE(holds(get("/report/check").body, "不留。您用回执自己查。"));
  EXPECT_FALSE(holds(get("/report/contact").body, "13800000021"));
  // An address says what is meant, as a number does: it is not dropped without a word.
  post("/report/contact", {field("address", "li@example.org")});
  EXPECT_TRUE(holds(get("/report/check").body, "发邮件 li@example.org"));
  post("/report/contact", {field("address", "上溪村12号")});
  EXPECT_TRUE(holds(get("/report/check").body, "寄信 上溪村12号"));
  EXPECT_EQ(post("/report/contact", {field("way", "paper"), field("address", "")}).status, 400);
  EXPECT_EQ(post("/report/contact", {field("may_call", "yes")}).status, 400);
  EXPECT_EQ(post("/report/contact", {}).status, 303);
}

TEST_F(Report, ChangingOneThingComesStraightBackToTheSummary) {
  const auto check = begin_report("路灯坏了");
  EXPECT_TRUE(holds(check.body, "href=\"/report/what?from=check\""));
  EXPECT_EQ(value_of(get("/report/where?from=check").body, "from"), "check");
  const auto changed =
      post("/report/where", {field("from", "check"), field("place_words", "石门村")});
  EXPECT_EQ(header(changed, "Location"), "/report/check");
}

TEST_F(Report, SaysBeforeSendingWhenEachStepIsDueAndOnWhatItRests) {
  const auto check = begin_report("路灯坏了");
  EXPECT_TRUE(holds(check.body, "转给有权处理的单位"));
  EXPECT_TRUE(holds(check.body, "10月11日前"));  // 15 days from 26 September
  EXPECT_TRUE(holds(check.body, "受理后60天内"));
  EXPECT_TRUE(holds(check.body, "信访工作条例第二十二条"));
}

TEST_F(Report, OfASuggestionFollowsTheTrackOfSuggestions) {
  const auto page = get("/suggest");
  EXPECT_EQ(value_of(page.body, "track"), "suggestion");
  post("/report/what", {field("token", value_of(page.body, "token")), field("track", "suggestion"),
                        field("words", "村口装个凉亭")});
  post("/report/where", {field("skip", "yes")});
  post("/report/contact", {});
  const auto check = get("/report/check");
  EXPECT_TRUE(holds(check.body, "答复您的建议"));
  const auto receipt =
      follow(post("/report/check", {field("token", value_of(check.body, "token"))}));
  EXPECT_EQ(file(case_of(number_on(receipt.body))).track, cases::Track::suggestion);
}

TEST_F(Report, BackFromThePlaceOfASuggestionIsTheSuggestionWithItsWords) {
  const auto page = get("/suggest");
  post("/report/what", {field("token", value_of(page.body, "token")), field("track", "suggestion"),
                        field("words", "村口装个凉亭")});
  const std::string where = get("/report/where").body;
  const auto back = get(between(where, "class=\"back\" href=\"", "\""));
  EXPECT_TRUE(holds(back.body, ">村口装个凉亭</textarea>"));
  EXPECT_EQ(value_of(back.body, "track"), "suggestion");
}

TEST_F(Report, WhatBelongsToASuggestionGoesWithNoOtherMatter) {
  post("/report/what", {field("token", std::string(32, 'a')), field("track", "suggestion"),
                        field("words", "村口装个凉亭"), upload("photos", "image/jpeg", "jpeg")});
  // The other form, sent empty, takes nothing of it away.
  EXPECT_EQ(post("/report/what", {field("token", std::string(32, 'b')), field("words", "")}).status,
            400);
  const std::string kept = get("/report/what?track=suggestion").body;
  EXPECT_TRUE(holds(kept, ">村口装个凉亭</textarea>"));
  // A photo taken out of it leads back to it.
  const auto without = follow(post(
      "/report/what", {field("token", std::string(32, 'c')), field("track", "suggestion"),
                       field("words", "村口装个凉亭"), field("remove", value_of(kept, "remove"))}));
  EXPECT_TRUE(holds(without.body, ">村口装个凉亭</textarea>"));
  post("/report/what", {field("token", std::string(32, 'd')), field("track", "suggestion"),
                        field("words", "村口装个凉亭"), upload("photos", "image/jpeg", "jpeg")});
  const auto check = begin_report("路灯坏了");
  EXPECT_TRUE(holds(check.body, "路灯坏了"));
  EXPECT_FALSE(holds(check.body, "照片1张"));
}

TEST_F(Report, EscapesEverythingThatPeopleWrite) {
  const std::string evil = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>";
  const auto check = begin_report(evil);
  post("/report/where", {field("place_words", evil)});
  post("/report/contact", {field("way", "paper"), field("address", evil)});
  for (const char* path : {"/report/what", "/report/where", "/report/contact", "/report/check"}) {
    const auto page = get(path);
    EXPECT_FALSE(holds(page.body, "<script>alert")) << path;
    EXPECT_FALSE(holds(page.body, "<img src=x")) << path;
    EXPECT_TRUE(holds(page.body, "&lt;img src=x")) << path;
  }
  const auto receipt =
      follow(post("/report/check", {field("token", value_of(get("/report/check").body, "token"))}));
  const auto track = follow(post("/t/" + number_on(receipt.body) + "/kept", {}));
  EXPECT_TRUE(holds(track.body, "&lt;script&gt;"));
  EXPECT_FALSE(holds(track.body, "<script>alert"));
}

TEST_F(Report, RefusesWhatAnotherSiteMakesTheBrowserSend) {
  http::Request request;
  request.method = http::Method::post;
  request.path = "/report/what";
  request.headers = {{"host", "minhu.test"}, {"sec-fetch-site", "cross-site"}};
  request.parts = {field("words", "x")};
  EXPECT_EQ(dispatch(request).status, 403);
  EXPECT_EQ(count("SELECT count(*) FROM draft"), 0);
}

TEST_F(Report, BegunYesterdayIsForgotten) {
  begin_report("昨天的事");
  now_.unix_ms += 25 * 3'600'000;
  EXPECT_FALSE(holds(get("/report/what").body, "昨天的事"));
  EXPECT_FALSE(holds(get("/report/what").body, "没有找到写到一半的内容"));
  for (const char* const page : {"/report/check", "/report/where", "/report/contact"}) {
    EXPECT_TRUE(holds(follow(get(page)).body, "没有找到写到一半的内容")) << page;
  }
}

TEST_F(Report, APlaceThatWasOnlyNamedIsNotSaidTwice) {
  post("/report/what", {field("token", std::string(32, 'a')), field("words", "井坏了")});
  post("/report/where", {field("place_words", "石门村")});
  const std::string check = get("/report/check").body;
  EXPECT_TRUE(holds(check, "石门村</dd>"));
  EXPECT_FALSE(holds(check, "石门村，石门村"));
}

TEST_F(Report, ABrowserThatKeepsNothingIsToldSoAndNotSentInACircle) {
  post("/report/what", {field("token", std::string(32, 'a')), field("words", "路灯坏了")});
  close_browser();
  const auto page = follow(post("/report/where", {field("place_words", "上溪村")}));
  EXPECT_TRUE(holds(page.body, "这个浏览器不让网站存东西"));
  EXPECT_TRUE(holds(page.body, "href=\"tel:057988880000\""));
}

TEST_F(Report, WhoeverGoesBackAfterFilingIsShownTheReceiptAndFilesNothingTwice) {
  const std::string number = number_on(file_report().body);
  const auto changed = follow(post("/report/contact", {field("phone", "13900000042")}));
  EXPECT_EQ(number_on(changed.body), number);
  EXPECT_EQ(number_on(follow(get("/report/where")).body), number);
  EXPECT_EQ(count("SELECT count(*) FROM case_file"), 1);
}

}  // namespace
}  // namespace minhu::pages
