#include <gtest/gtest.h>

#include "adapters/office_pages/test_browser.h"
#include "features/cases/rebuild.h"

namespace minhu::office_pages {
namespace {

using accounts::Role;
using cases::EventKind;
using cases::State;

class OfficeJourney : public OfficeWorld {
 protected:
  void TearDown() override {
    const cases::Rebuilt rebuilt =
        cases::rebuild(*database_, county_.region, cases::OnDifference::report);
    EXPECT_TRUE(rebuilt.different.empty());
    EXPECT_EQ(rebuilt.stray_queue_entries, 0);
  }
  Browser dispatcher_ = official(Role::dispatcher, county_.petition_office);
  Browser handler_ = official(Role::handler, housing_);
  Browser caller_ = official(Role::caller, county_.petition_office);

  Fields answer_fields() {
    return {{"public_answer", "管道已经更换，路面已清洗。"},
            {"outcome", "supported"},
            {"request", "修好污水管"},
            {"facts", "管道老化破裂"},
            {"opinion", "更换管道二十米"},
            {"basis", "城镇排水与污水处理条例"},
            {"others_like_it", "同一条管还有三处"}};
  }
};

TEST_F(OfficeJourney, AGrievanceGoesFromReceivedToClosedThroughThePagesAlone) {
  const cases::CaseId id = received().case_id;
  EXPECT_NE(dispatcher_.get("/office").body.find(case_address(id)), std::string::npos);
  must_fill_in(dispatcher_, id, EventKind::triaged,
               {{"category", "minhu:01"}, {"place", "竹源镇上溪村"}, {"urgency", "ordinary"}});
  EXPECT_EQ(file(id).place, "339901101201");
  must_fill_in(dispatcher_, id, EventKind::transferred,
               {{"unit", housing_.text()}, {"reason", "污水管由住建管"}});
  EXPECT_NE(handler_.get("/office").body.find(case_address(id)), std::string::npos);
  must_fill_in(handler_, id, EventKind::signed_in);
  must_fill_in(handler_, id, EventKind::accepted);
  must_fill_in(handler_, id, EventKind::answered, answer_fields());
  EXPECT_EQ(handler_.get("/office").body.find(case_address(id)), std::string::npos);
  EXPECT_NE(caller_.get("/office").body.find(case_address(id)), std::string::npos);
  must_fill_in(caller_, id, EventKind::callback_done,
               {{"reached", "yes"}, {"solved", "yes"}, {"satisfaction", "satisfied"}});
  pass_days_here(40);
  Browser later = official(Role::dispatcher, county_.petition_office);
  must_fill_in(later, id, EventKind::closed, {{"because", "window_over"}});
  EXPECT_EQ(file(id).state, State::closed);
  const std::string page = later.get(case_address(id)).body;
  EXPECT_NE(page.find("管道已经更换，路面已清洗。"), std::string::npos);
  EXPECT_NE(page.find("同一条管还有三处"), std::string::npos);
}

TEST_F(OfficeJourney, TheRuleThatLedToTheUnitIsRecordedOnlyWhenTheUnitIsItsOwn) {
  const cases::CaseId id = received(1).case_id;
  must_fill_in(dispatcher_, id, EventKind::triaged, {{"category", "minhu:01"}});
  must_fill_in(dispatcher_, id, EventKind::transferred,
               {{"unit", housing_.text()}, {"reason", "按规则"}});
  const cases::CaseId other = received(2).case_id;
  must_fill_in(dispatcher_, other, EventKind::triaged, {{"category", "minhu:01"}});
  must_fill_in(dispatcher_, other, EventKind::transferred,
               {{"unit", water_.text()}, {"reason", "水利局也管"}});
  database_->read_job([&](Reading& reading) {
    EXPECT_EQ(cases::load_events(reading, county_.region, id).back().fact("rule_used"), "r1");
    EXPECT_EQ(cases::load_events(reading, county_.region, other).back().fact("rule_used"), "");
  });
}

TEST_F(OfficeJourney, TheSuggestedUnitStandsFirstWithTheSentenceOfItsRule) {
  const cases::CaseId id = received().case_id;
  must_fill_in(dispatcher_, id, EventKind::triaged, {{"category", "minhu:01"}});
  const std::string form =
      form_in(dispatcher_.get(case_address(id)).body, step_address(id, EventKind::transferred));
  EXPECT_NE(form.find("按规则 r1"), std::string::npos) << form;
  const auto suggested = form.find(housing_.text());
  const auto other = form.find(water_.text());
  EXPECT_LT(suggested, other);
}

TEST_F(OfficeJourney, ATypedNameOfTwoPlacesComesBackAsAChoice) {
  const cases::CaseId id = received().case_id;
  const auto asked = fill_in(dispatcher_, id, EventKind::triaged, {{"place", "上溪村"}});
  EXPECT_EQ(asked.status, 400);
  const std::string form = form_in(asked.body, step_address(id, EventKind::triaged));
  EXPECT_NE(form.find("339901102201"), std::string::npos);
  Fields again = hidden_in(form);
  again["place"] = "上溪村";
  again["place.code"] = "339901102201";
  EXPECT_EQ(dispatcher_.post(step_address(id, EventKind::triaged), again).status, 303);
  EXPECT_EQ(file(id).place, "339901102201");
  const auto unknown = fill_in(dispatcher_, id, EventKind::triaged, {{"place", "没有的村"}});
  EXPECT_EQ(unknown.status, 400);
  EXPECT_NE(unknown.body.find("没有的村"), std::string::npos);
}

TEST_F(OfficeJourney, WhatWasTypedComesBackWhenAStepIsRefused) {
  const cases::CaseId id = received().case_id;
  must_fill_in(dispatcher_, id, EventKind::transferred, to(housing_));
  must_fill_in(handler_, id, EventKind::signed_in);
  must_fill_in(handler_, id, EventKind::accepted);
  Fields half = answer_fields();
  half.erase("basis");
  half["public_answer"] = "第一行\n第二行 <b>很重要</b>";
  const auto refused = fill_in(handler_, id, EventKind::answered, half);
  EXPECT_EQ(refused.status, 400);
  EXPECT_NE(refused.body.find("第一行\n第二行 &lt;b&gt;很重要&lt;/b&gt;"), std::string::npos);
  EXPECT_NE(refused.body.find("更换管道二十米"), std::string::npos);
  EXPECT_NE(refused.body.find("value=\"supported\" selected"), std::string::npos);
  EXPECT_NE(refused.body.find("“依据的法律法规”还没有填"), std::string::npos);
  EXPECT_NE(refused.body.find("href=\"#answered-basis\""), std::string::npos);
  EXPECT_EQ(file(id).state, State::accepted);
}

TEST_F(OfficeJourney, AChangeMeanwhileIsShownAndNothingTypedIsLost) {
  const cases::CaseId id = received().case_id;
  const std::string address = step_address(id, EventKind::noted);
  Fields note = hidden_in(form_in(dispatcher_.get(case_address(id)).body, address));
  must(speaker(), id, EventKind::supplemented, {{"words", "今天又漏了"}});
  note["note"] = "已电话核实地点";
  const auto conflict = dispatcher_.post(address, note);
  EXPECT_EQ(conflict.status, 409);
  EXPECT_NE(conflict.body.find("已电话核实地点"), std::string::npos);
  EXPECT_NE(conflict.body.find("您打开后新增"), std::string::npos);
  EXPECT_NE(conflict.body.find("今天又漏了"), std::string::npos);
  Fields again = hidden_in(form_in(conflict.body, address));
  again["note"] = note["note"];
  EXPECT_EQ(dispatcher_.post(address, again).status, 303);
}

TEST_F(OfficeJourney, AStepThatIsNoLongerOpenGivesTheWordsBackToCopy) {
  const cases::CaseId id = received().case_id;
  must_fill_in(dispatcher_, id, EventKind::transferred, to(housing_));
  must_fill_in(handler_, id, EventKind::signed_in);
  const std::string address = step_address(id, EventKind::objected);
  Fields objection = hidden_in(form_in(handler_.get(case_address(id)).body, address));
  must_fill_in(handler_, id, EventKind::accepted);
  objection["duty"] = "三定方案第三条";
  objection["reason"] = "这段管道不归我们";
  objection["proper_unit"] = water_.text();
  const auto refused = handler_.post(address, objection);
  EXPECT_EQ(refused.status, 409);
  EXPECT_NE(refused.body.find("这段管道不归我们"), std::string::npos);
  EXPECT_TRUE(form_in(refused.body, address).empty());
}

TEST_F(OfficeJourney, TheSameFormSentTwiceIsOneStepAndOtherWordsAreAnother) {
  const cases::CaseId id = received().case_id;
  const std::string address = step_address(id, EventKind::noted);
  Fields note = hidden_in(form_in(dispatcher_.get(case_address(id)).body, address));
  note["note"] = "第一笔";
  EXPECT_EQ(dispatcher_.post(address, note).status, 303);
  EXPECT_EQ(dispatcher_.post(address, note).status, 303);
  EXPECT_EQ(file(id).seq, 1);
  // Back in the browser, other words in the same form: never taken for the repeat of the first.
  note["note"] = "第二笔";
  const auto other = dispatcher_.post(address, note);
  EXPECT_EQ(other.status, 409);
  EXPECT_NE(other.body.find("第二笔"), std::string::npos);
}

TEST_F(OfficeJourney, ASealedAccusationLeavesThePagesOfWhoeverSealedIt) {
  const cases::CaseId id = received().case_id;
  const auto sealed = fill_in(dispatcher_, id, EventKind::held);
  EXPECT_EQ(sealed.status, 303);
  EXPECT_EQ(header(sealed, "Location"), "/office?done=held");
  EXPECT_EQ(dispatcher_.get(case_address(id)).status, 404);
}

TEST_F(OfficeJourney, EvidenceIsKeptShownToColleaguesAndNeverRunAsAPage) {
  const cases::CaseId id = received().case_id;
  const std::string address = step_address(id, EventKind::noted);
  Fields note = hidden_in(form_in(dispatcher_.get(case_address(id)).body, address));
  note["note"] = "现场照片";
  http::Part text{"files", "a.txt", "text/plain", "no picture", {}, 10};
  const auto refused = dispatcher_.post_file(address, note, text);
  EXPECT_EQ(refused.status, 415);
  EXPECT_NE(refused.body.find("现场照片"), std::string::npos);
  http::Part picture{"files", "a.png", "image/png", "\x89PNG bytes", {}, 10};
  EXPECT_EQ(dispatcher_.post_file(address, note, picture).status, 303);
  const std::string page = dispatcher_.get(case_address(id)).body;
  const std::string link =
      case_address(id) + "/files/" + between(page, "href=\"" + case_address(id) + "/files/", "\"");
  const auto shown = dispatcher_.get(link);
  EXPECT_EQ(shown.body, "\x89PNG bytes");
  EXPECT_EQ(header(shown, "Content-Security-Policy"), "sandbox; default-src 'none'");
  EXPECT_EQ(header(shown, "X-Content-Type-Options"), "nosniff");
  EXPECT_EQ(header(shown, "Cache-Control"), "no-store");
  EXPECT_EQ(handler_.get(link).status, 404);
}

TEST_F(OfficeJourney, APhoneIsShownOnceWithARecordedReasonAndOnlyToTheCaller) {
  cases::Words words = some_words(5);
  words.contact = Sealed(cases::Contact{"王某", "13700001111", "", "sms", "zh-CN"});
  words.may_be_called = true;
  const auto receipt = receive_words(as(Role::anyone), std::move(words));
  ASSERT_TRUE(receipt);
  const cases::CaseId id = receipt->case_id;
  answer(id);
  const std::string address = case_address(id) + "/reveal";
  EXPECT_TRUE(form_in(dispatcher_.get(case_address(id)).body, address).empty());
  EXPECT_EQ(dispatcher_.post(address, {{"reason", "想看看"}}).status, 403);
  EXPECT_EQ(handler_.post(address, {{"reason", "想看看"}}).status, 403);
  ASSERT_FALSE(form_in(caller_.get(case_address(id)).body, address).empty());
  const auto without = caller_.post(address, {{"reason", " "}});
  EXPECT_EQ(without.status, 400);
  EXPECT_EQ(without.body.find("13700001111"), std::string::npos);
  const auto opened = caller_.post(address, {{"reason", "回访这次的答复"}});
  EXPECT_EQ(opened.status, 200);
  EXPECT_NE(opened.body.find("13700001111"), std::string::npos);
  EXPECT_EQ(opened.body.find("王某"), std::string::npos);
  EXPECT_EQ(caller_.get(case_address(id)).body.find("13700001111"), std::string::npos);
  // The form on the page that shows the number fits the case as it is after the reveal.
  Fields result = hidden_in(form_in(opened.body, step_address(id, EventKind::callback_done)));
  result["reached"] = "yes";
  result["solved"] = "partly";
  EXPECT_EQ(caller_.post(step_address(id, EventKind::callback_done), result).status, 303);
}

TEST_F(OfficeJourney, NobodyCanRecordUnreachableBeforeThreeTriesAtDifferentTimes) {
  const cases::CaseId id = received().case_id;
  answer(id);
  const auto refused = fill_in(caller_, id, EventKind::callback_done, {{"reached", "unreachable"}});
  EXPECT_EQ(refused.status, 409);
  EXPECT_NE(refused.body.find("上午、下午、晚上"), std::string::npos);
  for (const std::int64_t hours : {0, 4, 5}) {
    now_.unix_ms += hours * 3'600'000;
    clock_.set(now_);
    caller_ = official(Role::caller, county_.petition_office);
    must_fill_in(caller_, id, EventKind::callback_attempted, {{"note", "没人接"}});
  }
  must_fill_in(caller_, id, EventKind::callback_done, {{"reached", "unreachable"}});
  EXPECT_FALSE(file(id).satisfaction.has_value());
}

TEST_F(OfficeJourney, AMergeIsAskedForByNumberAndNeverByAnId) {
  const cases::CaseId id = received(1).case_id;
  const cases::Receipt other = received(2);
  must_fill_in(dispatcher_, id, EventKind::merged, {{"into", cases::show_number(other.number)}});
  EXPECT_EQ(file(id).merged_into, other.case_id);
  EXPECT_NE(dispatcher_.get(case_address(id)).body.find(cases::show_number(other.number)),
            std::string::npos);
}

}  // namespace
}  // namespace minhu::office_pages
