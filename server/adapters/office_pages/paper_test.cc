#include <gtest/gtest.h>

#include "adapters/office_pages/test_browser.h"

namespace minhu::office_pages {
namespace {

using accounts::Role;
using cases::EventKind;

class Papers : public OfficeWorld {
 protected:
  static std::string address(std::string_view paper, std::initializer_list<cases::CaseId> ids) {
    std::string made = "/office/print/" + std::string(paper);
    char separator = '?';
    for (const cases::CaseId id : ids) {
      made += separator + std::string("case=") + id.text();
      separator = '&';
    }
    return made;
  }
  cases::CaseId accepted(std::uint8_t token = 1) {
    const cases::CaseId id = received(token).case_id;
    must(dispatcher(), id, EventKind::transferred, to(housing_));
    must(handler(), id, EventKind::signed_in);
    must(handler(), id, EventKind::accepted);
    return id;
  }
  static std::size_t count(std::string_view text, std::string_view what) {
    std::size_t found = 0;
    for (auto at = text.find(what); at != std::string_view::npos; at = text.find(what, at + 1)) {
      ++found;
    }
    return found;
  }
  Browser handler_ = official(Role::handler, housing_);
};

TEST_F(Papers, TheNoticeOfAcceptanceNamesTheUnitTheTermAndTheWayToFollowIt) {
  const cases::CaseId id = accepted();
  const auto response = handler_.get(address("acceptance", {id}));
  EXPECT_EQ(response.status, 200);
  EXPECT_NE(response.body.find("受理告知书"), std::string::npos);
  EXPECT_NE(response.body.find(cases::show_number(file(id).number)), std::string::npos);
  EXPECT_NE(response.body.find("什么时候办完"), std::string::npos);
  EXPECT_NE(response.body.find("class=\"qr\""), std::string::npos);
  EXPECT_EQ(header(response, "Cache-Control"), "no-store");
}

TEST_F(Papers, TheOpinionHoldsWhatArticle32AsksForAndTheDayUntilWhichAReviewCanBeAsked) {
  const cases::CaseId id = accepted();
  must(handler(), id, EventKind::answered, opinion());
  const std::string page = handler_.get(address("opinion", {id})).body;
  for (const char* const heading :
       {"信访事项处理意见书", "您的请求", "查明的事实和理由", "处理意见", "依据", "结果",
        "给您的答复", "请求原办理单位的上一级机关复查"}) {
    EXPECT_NE(page.find(heading), std::string::npos) << heading;
  }
}

TEST_F(Papers, AnOpinionThatIsPrintedAgainNamesNoDayOfAnotherOne) {
  const cases::CaseId id = accepted();
  must(handler(), id, EventKind::answered, opinion());
  must(speaker(), id, EventKind::review_requested, {{"words", "没有修好"}});
  must(as(Role::handler, file(id).review_unit), id, EventKind::review_answered, review_opinion());
  // The review has been asked for and answered; what runs now is the time for a recheck.
  const std::string first = handler_.get(address("opinion", {id})).body;
  EXPECT_NE(first.find("信访事项处理意见书"), std::string::npos);
  EXPECT_EQ(first.find("请求原办理单位的上一级机关复查"), std::string::npos) << first;
  const std::string second = handler_.get(address("review", {id})).body;
  EXPECT_NE(second.find("请求复查机关的上一级机关复核"), std::string::npos) << second;
}

TEST_F(Papers, WhatColleaguesWroteForEachOtherIsOnNoPaper) {
  const cases::CaseId id = accepted();
  must(handler(), id, EventKind::noted, {{"note", "只给同事看的一句"}});
  must(handler(), id, EventKind::answered, opinion());
  for (const char* const paper : {"acceptance", "notice", "opinion"}) {
    const auto response = handler_.get(address(paper, {id}));
    EXPECT_EQ(response.status, 200) << paper;
    EXPECT_EQ(response.body.find("只给同事看的一句"), std::string::npos) << paper;
  }
}

TEST_F(Papers, TheNoticeTellsTheLatestDecision) {
  const cases::CaseId id = accepted();
  EXPECT_NE(handler_.get(address("notice", {id})).body.find("转送告知书"), std::string::npos);
  must(head(), id, EventKind::parked,
       {{"public_plan", "明年三月开工"}, {"review_on", "2027-03-01"}});
  const std::string page = handler_.get(address("notice", {id})).body;
  EXPECT_NE(page.find("暂缓办理告知书"), std::string::npos);
  EXPECT_NE(page.find("明年三月开工"), std::string::npos);
  EXPECT_NE(page.find("2027年3月1日"), std::string::npos);
}

TEST_F(Papers, ABatchIsWholeOrIsRefusedWithTheNumberThatIsNotReady) {
  const cases::CaseId first = accepted(1);
  const cases::CaseId second = accepted(2);
  EXPECT_EQ(count(handler_.get(address("acceptance", {first, second, first})).body,
                  "<article class=\"paper\">"),
            2U);
  must(handler(), first, EventKind::answered, opinion());
  const auto refused = handler_.get(address("opinion", {first, second}));
  EXPECT_EQ(refused.status, 409);
  EXPECT_NE(refused.body.find(cases::show_number(file(second).number)), std::string::npos);
}

TEST_F(Papers, NobodyPrintsWhatTheyMayNotRead) {
  const cases::CaseId id = accepted();
  Browser other = official(Role::handler, water_);
  EXPECT_EQ(other.get(address("acceptance", {id})).status, 404);
  EXPECT_EQ(handler_.get("/office/print/acceptance?case=nothing").status, 404);
  EXPECT_EQ(handler_.get("/office/print/acceptance").status, 400);
  EXPECT_EQ(handler_.get(address("letter", {id})).status, 404);
}

TEST_F(Papers, TheCasePageOffersThePapersThatThereAre) {
  const cases::CaseId id = accepted();
  const std::string page = handler_.get(case_address(id)).body;
  EXPECT_NE(page.find("/office/print/acceptance?case="), std::string::npos);
  EXPECT_EQ(page.find("/office/print/opinion?case="), std::string::npos);
}

}  // namespace
}  // namespace minhu::office_pages
