#include <gtest/gtest.h>

#include "adapters/office_pages/test_browser.h"
#include "adapters/office_pages/typed_place.h"

namespace minhu::office_pages {
namespace {

using accounts::Role;
using cases::EventKind;

class ClerksForm : public OfficeWorld {
 protected:
  Browser clerk_ = official(Role::clerk, county_.petition_office);

  Fields form(const Fields& filled) {
    Fields fields = hidden_in(form_in(clerk_.get("/office/receive").body, "/office/receive"));
    for (const auto& [name, value] :
         Fields{{"channel", "face_to_face"}, {"track", "petition"}, {"urgency", "ordinary"}}) {
      fields[name] = value;
    }
    for (const auto& [name, value] : filled) fields[name] = value;
    return fields;
  }
  static std::string shown(const std::string& page, const std::string& label) {
    return between(page, "<dt>" + label + "</dt><dd>", "</dd>");
  }
  cases::CaseId case_of(const std::string& page) {
    const std::string number = *cases::parse_number(shown(page, "编号"));
    return database_->read(
        [&](Reading& reading) { return *cases::find_by_number(reading, speaker(), number); });
  }
};

TEST_F(ClerksForm, GivesANumberAndACodeAndRecordsWhoHelped) {
  const auto page = clerk_.post("/office/receive", form({{"words", "村口的污水管破了"},
                                                         {"place", "竹源镇上溪村"},
                                                         {"name", "王某"},
                                                         {"phone", "13700001111"},
                                                         {"way", "sms"},
                                                         {"may_be_called", "yes"}}));
  ASSERT_EQ(page.status, 200) << page.body;
  const cases::CaseId id = case_of(page.body);
  const cases::CaseFile kept = file(id);
  EXPECT_EQ(kept.channel, cases::Channel::face_to_face);
  EXPECT_EQ(kept.place, "339901101201");
  EXPECT_FALSE(kept.activated);
  EXPECT_TRUE(kept.may_be_called);
  EXPECT_NE(page.body.find("接待员，县信访局"), std::string::npos);
  EXPECT_EQ(page.body.find("13700001111"), std::string::npos);
  database_->read_job([&](Reading& reading) {
    const auto event = cases::load_events(reading, county_.region, id).front();
    EXPECT_EQ(event.actor.role, Role::clerk);
    EXPECT_FALSE(event.actor.account.empty());
  });
  EXPECT_NE(page.body.find("/activate"), std::string::npos);
  // The code on the page is the one that the speaker exchanges for their own.
  const auto code = cases::parse_query_code(shown(page.body, "启用码"));
  ASSERT_TRUE(code);
  EXPECT_TRUE(database_->write([&](Transaction& t) {
    return cases::activate(t, speaker(), kept.number, *code, cases::ClientToken{5});
  }));
}

TEST_F(ClerksForm, TheSameFormTwiceIsOneCaseAndOtherWordsAreAnother) {
  Fields fields = form({{"words", "第一位说的"}});
  const auto first = clerk_.post("/office/receive", fields);
  const auto again = clerk_.post("/office/receive", fields);
  EXPECT_EQ(shown(first.body, "编号"), shown(again.body, "编号"));
  EXPECT_EQ(shown(first.body, "启用码"), shown(again.body, "启用码"));
  EXPECT_NE(again.body.find("没有重复登记"), std::string::npos);
  fields["words"] = "第二位说的";
  const auto other = clerk_.post("/office/receive", fields);
  EXPECT_NE(shown(first.body, "编号"), shown(other.body, "编号"));
}

TEST_F(ClerksForm, KeepsWhatWasTypedWhenSomethingIsMissing) {
  const auto refused = clerk_.post(
      "/office/receive",
      form({{"words", "她说 <很急>"}, {"place", "老磨坊旁边"}, {"way", "sms"}, {"name", "王某"}}));
  EXPECT_EQ(refused.status, 400);
  EXPECT_NE(refused.body.find("她说 &lt;很急&gt;"), std::string::npos);
  EXPECT_NE(refused.body.find("老磨坊旁边"), std::string::npos);
  EXPECT_NE(refused.body.find("value=\"sms\" checked"), std::string::npos);
  EXPECT_EQ(clerk_.post("/office/receive", form({})).status, 400);
}

TEST_F(ClerksForm, APlaceThatNobodyKnowsIsKeptAsItWasSaid) {
  const auto page =
      clerk_.post("/office/receive", form({{"words", "路坏了"}, {"place", "老磨坊旁边"}}));
  ASSERT_EQ(page.status, 200);
  EXPECT_EQ(file(case_of(page.body)).place, "");
  const std::string shown_case = clerk_.get(case_address(case_of(page.body))).body;
  EXPECT_NE(shown_case.find("老磨坊旁边"), std::string::npos);
}

TEST_F(ClerksForm, ANameOfTwoPlacesIsAskedAboutWhileTheSpeakerIsThere) {
  Fields fields = form({{"words", "路坏了"}, {"place", "上溪村"}});
  const auto asked = clerk_.post("/office/receive", fields);
  EXPECT_EQ(asked.status, 400);
  EXPECT_NE(asked.body.find("name=\"place.code\""), std::string::npos);
  fields["place.code"] = "";  // not sure
  const auto unsure = clerk_.post("/office/receive", fields);
  ASSERT_EQ(unsure.status, 200);
  EXPECT_EQ(file(case_of(unsure.body)).place, "");
}

TEST_F(ClerksForm, AnUrgentMatterIsSortedAsSuchInTheSameCommit) {
  const auto page =
      clerk_.post("/office/receive", form({{"words", "整村停水"}, {"urgency", "utilities_cut"}}));
  ASSERT_EQ(page.status, 200);
  EXPECT_EQ(file(case_of(page.body)).urgency, cases::Urgency::utilities_cut);
  // A hotline matter is sorted by the hotline: the clerk is told to phone, and nothing is lost.
  const auto elsewhere = clerk_.post(
      "/office/receive",
      form({{"words", "整村停水"}, {"urgency", "utilities_cut"}, {"track", "hotline"}}));
  ASSERT_EQ(elsewhere.status, 200);
  EXPECT_NE(elsewhere.body.find("12345热线中心"), std::string::npos);
  EXPECT_EQ(file(case_of(elsewhere.body)).state, cases::State::registered);
}

TEST_F(ClerksForm, AnAccusationIsSealedBehindWhoeverWroteItDown) {
  const auto page =
      clerk_.post("/office/receive", form({{"words", "某人收钱"}, {"track", "accusation"}}));
  ASSERT_EQ(page.status, 200);
  EXPECT_EQ(file(case_of(page.body)).state, cases::State::held);
  EXPECT_EQ(page.body.find("href=\"/office/cases/"), std::string::npos);
  EXPECT_EQ(clerk_.get(case_address(case_of(page.body))).status, 404);
}

TEST_F(ClerksForm, AHandlerDoesNotTakeIn) {
  Browser handler = official(Role::handler, housing_);
  EXPECT_EQ(handler.get("/office/receive").status, 403);
  EXPECT_EQ(handler.post("/office/receive", form({{"words", "x"}})).status, 403);
}

class RulesBench : public OfficeWorld {};

TEST_F(RulesBench, ShowsTheGuessTheUnitTheRuleAndWhatItBeat) {
  Browser dispatcher = official(Role::dispatcher, county_.petition_office);
  const auto page =
      dispatcher.post("/office/rules", {{"text", "村口污水管破了"}, {"place", "竹源镇"}});
  ASSERT_EQ(page.status, 200);
  for (const char* part : {"城乡建设", "污水管", "县住建局", "r1", "按规则 r1", "r9"}) {
    EXPECT_NE(page.body.find(part), std::string::npos) << part;
  }
  EXPECT_NE(page.body.find("可以派"), std::string::npos);
}

TEST_F(RulesBench, SaysInWordsThatADutyOfADepartmentIsNotPushedDown) {
  Browser dispatcher = official(Role::dispatcher, county_.petition_office);
  const auto page = dispatcher.post("/office/rules",
                                    {{"text", ""}, {"category", "minhu:02"}, {"place", "竹源镇"}});
  ASSERT_EQ(page.status, 200);
  EXPECT_NE(page.body.find("竹源镇人民政府"), std::string::npos);
  EXPECT_NE(page.body.find("按职责清单，这类事由县水利局办"), std::string::npos) << page.body;
  EXPECT_EQ(page.body.find("可以派"), std::string::npos);
}

TEST_F(RulesBench, AsksWhichPlaceIsMeantAndKeepsTheText) {
  Browser dispatcher = official(Role::dispatcher, county_.petition_office);
  const auto page =
      dispatcher.post("/office/rules", {{"text", "一段要留下的话"}, {"place", "上溪村"}});
  EXPECT_EQ(page.status, 400);
  EXPECT_NE(page.body.find("一段要留下的话"), std::string::npos);
  EXPECT_NE(page.body.find("339901102201"), std::string::npos);
}

TEST_F(RulesBench, FindsPlacesAsPeopleWriteThem) {
  database_->read_job([&](Reading& reading) {
    const auto codes = [&](std::string_view typed) {
      std::vector<std::string> found;
      for (const auto& place : find_typed_place(reading, county_.region, typed).places) {
        found.push_back(place.code);
      }
      return found;
    };
    using Codes = std::vector<std::string>;
    EXPECT_EQ(codes("竹源镇 上溪村"), Codes{"339901101201"});
    EXPECT_EQ(codes("浦东镇　上溪村"), Codes{"339901102201"});
    EXPECT_EQ(codes("浦东镇上溪村"), Codes{"339901102201"});
    EXPECT_EQ(codes("上溪村").size(), 2U);
    EXPECT_EQ(codes("339901101"), Codes{"339901101"});
    EXPECT_EQ(codes("竹源"), Codes{"339901101"});
    EXPECT_EQ(codes("火星").size(), 0U);
    EXPECT_EQ(codes("").size(), 0U);
  });
}

}  // namespace
}  // namespace minhu::office_pages
