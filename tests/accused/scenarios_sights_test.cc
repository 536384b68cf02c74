// Never to the accused: what is counted, listed, proposed and sent out; and staying out of it
// (scenario.h).
#include "features/cases/receipt_number.h"
#include "scenario.h"

namespace minhu::accused {
namespace {

const std::vector<Scenario> table{
    // ---- counts, lists and dashboards
    {"TheSupervisorOfTheAccusedUnit",
     [](Story& s) {
       s.watch({s.who("housing_supervisor")});
       const Matter matter = complaint_at_water(s);
       s.town.step(s.who("supervisor"), matter, EventKind::supervised,
                   {{"trigger", "late"}, {"unit", s.unit("water").text()}, {"reason", "逾期"}});
       s.is_seen_by(s.who("supervisor"), matter);
       s.nothing_of(matter);
     }},
    {"TheLeaderOfTheCountyIsAccused_AndReadsTheWorkload",
     [](Story& s) {
       s.watch({s.who("mayor")});
       const Matter matter = s.town.received();
       s.town.name(matter, s.who("mayor"));
       s.town.send(matter, s.unit("water"));
       s.nothing_of(matter);
     }},
    {"TheAdministratorOfTheAccusedUnit_AsksWhatHangsOnAnother",
     [](Story& s) {
       const std::string door = "/api/v1/admin/units/" + s.unit("water").text();
       const Answer before = s.town.get(s.who("housing_system_admin"), door);
       ASSERT_EQ(before.status, 200);
       complaint_at_water(s);
       EXPECT_EQ(s.town.get(s.who("housing_system_admin"), door), before);
     }},
    {"AClassThatAnotherUnitTreats",
     [](Story& s) {
       const auto made = class_with(s, s.innocent_at_water(), "water");
       s.watch(s.housing());
       const std::string one = "/api/v1/classes/" + made.text();
       std::map<std::string, Answer> before;
       for (const std::string& door : {one, one + "/steps", one + "/cases"}) {
         before[door] = s.town.get(s.who("housing_unit_head"), door);
         ASSERT_EQ(before[door].status, 200);
       }
       const Matter matter = complaint_at_water(s);
       ASSERT_LT(
           s.town.send(s.who("dispatcher"), "PUT", one + "/cases/" + matter.id.text(), "").status,
           300);
       for (const auto& [door, answer] : before) {
         EXPECT_EQ(s.town.get(s.who("housing_unit_head"), door).body, answer.body) << door;
       }
       s.nothing_of(matter);
     }},
    {"AClassThatAnotherUnitTreats_AndTheCaseIsOver",
     [](Story& s) {
       const auto made = class_with(s, s.innocent_at_water(), "water");
       const std::string one = "/api/v1/classes/" + made.text();
       const AccountId reader = s.who("housing_unit_head");
       const std::vector<std::string> doors{one, one + "/cases", "/api/v1/classes"};
       std::map<std::string, Answer> before;
       for (const std::string& door : doors) before[door] = s.town.get(reader, door);
       const Matter matter = complaint_at_water(s);
       ASSERT_LT(
           s.town.send(s.who("dispatcher"), "PUT", one + "/cases/" + matter.id.text(), "").status,
           300);
       s.town.speaker_step(matter, EventKind::withdrawn);
       EXPECT_TRUE(s.town.is_in_a_class(matter));
       for (const auto& [door, answer] : before) {
         EXPECT_EQ(s.town.get(reader, door).body, answer.body) << door;
       }
     }},
    {"AClassThatTheyTreat",
     [](Story& s) {
       const auto made = class_with(s, s.innocent_at_housing(), "housing");
       s.watch(s.housing());
       const Matter matter = complaint_at_water(s);
       EXPECT_EQ(s.town
                     .send(s.who("dispatcher"), "PUT",
                           "/api/v1/classes/" + made.text() + "/cases/" + matter.id.text(), "")
                     .status,
                 409);
       s.nothing_of(matter);
     }},
    {"ACaseInTheirClassTurnsOutToAccuseThem",
     [](Story& s) {
       const Matter matter = s.town.received();
       s.town.step(s.dispatcher(), matter, EventKind::triaged, {{"category", "minhu:01"}});
       const auto made = class_with(s, matter, "housing");
       s.town.name(matter, s.unit("housing"));
       EXPECT_EQ(s.town.get(s.who("housing_unit_head"), "/api/v1/classes/" + made.text() + "/cases")
                     .body.find(matter.id.text()),
                 std::string::npos);
       EXPECT_FALSE(s.town.is_in_a_class(matter)) << "it has left";
     }},
    {"ACaseInAClassWhoseUnitIsPutBelowTheAccused",
     [](Story& s) {
       const Matter matter = complaint_at_water(s);
       class_with(s, matter, "forestry");
       EXPECT_TRUE(s.town.is_in_a_class(matter));
       s.town.move(s.unit("forestry"), s.unit("housing"));
       s.town.run_jobs();
       EXPECT_FALSE(s.town.is_in_a_class(matter));
     }},
    {"TheReportOfTheYearNamesOrgansComplainedOf",
     [](Story& s) {
       Matter last;
       for (int i = 0; i < 6; ++i) {
         last = s.town.received();
         s.town.name(last, s.unit("housing"));
       }
       s.town.fold_figures();
       const std::string door = "/api/v1/figures/annual";
       const auto organs = [&](AccountId one) {
         const std::string body = s.town.get(one, door).body;
         return body.substr(body.find("\"organs\""), 400);
       };
       EXPECT_EQ(organs(s.who("housing_unit_head")).find("单位housing"), std::string::npos);
       EXPECT_NE(organs(s.who("supervisor")).find("单位housing"), std::string::npos)
           << "others read it, as the law wants";
     }},
    {"FiguresDoNotSayWhomItIsAbout",
     [](Story& s) {
       const Matter matter = s.town.received();
       s.town.step(s.dispatcher(), matter, EventKind::triaged, {{"category", "minhu:01"}});
       const auto figures = [&] {
         s.town.fold_figures();
         Seen all;
         for (const char* door :
              {"/api/v1/figures", "/api/v1/figures/months", "/api/v1/figures/offices",
               "/api/v1/figures/annual", "/api/v1/class_candidates"}) {
           all.emplace(door, s.town.get(s.who("housing_unit_head"), door));
         }
         return all;
       };
       const Seen before = figures();
       s.town.name(matter, s.unit("housing"));
       for (const std::string& difference : differences(before, figures())) {
         ADD_FAILURE() << difference;
       }
     }},
    {"WhatIsAlikeAtTheSamePlace",
     [](Story& s) {
       s.watch(s.housing());
       const Matter matter = complaint_at_water(s);
       const Seen seen = look_around(s.town, s.who("dispatcher"));
       EXPECT_NE(seen.at("/api/v1/similar?category=minhu:01").body.find(matter.id.text()),
                 std::string::npos)
           << "whoever may see it is shown it";
       s.nothing_of(matter);
     }},
    {"TheirCallDeskGetsNoNumber",
     [](Story& s) {
       const Matter matter = complaint_at_water(s);
       s.town.answer(matter, s.unit("water"));
       s.town.tie(s.who("caller"), s.unit("housing"));
       EXPECT_EQ(s.town
                     .send(s.who("caller"), "POST", "/api/v1/cases/" + matter.id.text() + "/phone",
                           R"({"reason":"回访"})")
                     .status,
                 403);
     }},
    {"WhatIsSentOutSaysNothing",
     [](Story& s) {
       const Matter matter = complaint_at_water(s);
       s.town.answer(matter, s.unit("water"));
       const std::vector<std::string> sent = s.town.messages();
       EXPECT_FALSE(sent.empty()) << "the speaker is told";
       for (const std::string& message : sent) {
         EXPECT_EQ(message.find(canary), std::string::npos) << message;
         EXPECT_EQ(message.find(matter.id.text()), std::string::npos) << message;
         EXPECT_EQ(message.find("housing"), std::string::npos) << message;
       }
     }},
    {"ErrorTextsGiveNoReason",
     [](Story& s) {
       const Matter matter = complaint_at_water(s);
       const Answer refused =
           s.town.send(s.who("water_handler"), "POST",
                       "/api/v1/cases/" + matter.id.text() + "/steps/co_handler_added",
                       R"({"fields":{"unit":")" + s.unit("station").text() + R"("}})");
       EXPECT_EQ(refused.status, 403);
       EXPECT_EQ(refused.body.find("complain"), std::string::npos) << refused.body;
       EXPECT_EQ(refused.body.find("反映"), std::string::npos) << refused.body;
     }},
    {"WhomItAccusesIsNotShownToWhoHandlesIt",
     [](Story& s) {
       const Matter matter = s.town.received();
       s.town.name(matter, s.who("housing_handler"));
       s.town.send(matter, s.unit("water"));
       const std::string one = "/api/v1/cases/" + matter.id.text();
       const std::string accused = s.who("housing_handler").text();
       for (const std::string& door : {one, one + "/changes?after=0"}) {
         EXPECT_EQ(s.town.get(s.who("water_handler"), door).body.find(accused), std::string::npos);
       }
       EXPECT_EQ(s.town.get(s.who("water_handler"), "/office/cases/" + matter.id.text())
                     .body.find(accused),
                 std::string::npos);
     }},
    {"WhomTheFirstCaseAccusesIsNotShownToWhoHandlesTheRetaliation",
     [](Story& s) {
       const Matter first = s.town.received();
       s.town.name(first, s.who("housing_handler"));
       const Matter report = s.town.retaliation(first);
       s.town.step(s.who("upper"), report, EventKind::triaged, {{"category", "minhu:01"}});
       s.town.step(s.who("upper"), report, EventKind::transferred, s.to("forestry"));
       const std::string one = "/api/v1/cases/" + report.id.text();
       const std::string accused = s.who("housing_handler").text();
       for (const std::string& door : {one, one + "/changes?after=0"}) {
         const Answer read = s.town.get(s.who("forestry_handler"), door);
         EXPECT_EQ(read.status, 200) << door;
         EXPECT_EQ(read.body.find(accused), std::string::npos) << door << ' ' << read.body;
         EXPECT_EQ(read.body.find(first.id.text()), std::string::npos)
             << "which case it was about is not theirs to know";
       }
     }},
    {"AWatchListIsPagedAsIfItWereNotThere",
     [](Story& s) {
       const auto supervised = [&](const Matter& matter) {
         s.town.step(s.who("supervisor"), matter, EventKind::supervised,
                     {{"trigger", "late"}, {"unit", s.unit("water").text()}, {"reason", "逾期"}});
       };
       supervised(complaint_at_water(s));
       const Matter other = s.town.received(Track::petition, "别的事");
       s.town.send(other, s.unit("water"));
       supervised(other);
       const Answer page =
           s.town.get(s.who("housing_supervisor"), "/api/v1/supervision/cases?list=owed&limit=1");
       EXPECT_NE(page.body.find(other.id.text()), std::string::npos)
           << "an empty page says that something was left out of it: " << page.body;
     }},
    {"ANumberTypedIntoAFormSaysNothing",
     [](Story& s) {
       const Matter matter = complaint_at_water(s);
       const auto merged_into = [&](const std::string& number) {
         return s.town
             .send(s.who("housing_handler"), "POST",
                   "/office/cases/" + s.innocent_at_housing().id.text() + "/steps/merged",
                   "token=" + std::string(32, '1') +
                       "&expected_seq=1&into=" + cases::show_number(number),
                   "application/x-www-form-urlencoded")
             .status;
       };
       EXPECT_EQ(merged_into(matter.number), merged_into(no_such_number(s.town)));
     }},
    {"APreviewDoesNotCountWhatTheyAreKeptFrom",
     [](Story& s) {
       const Matter lead = s.innocent_at_water();
       s.town.step(s.who("water_handler"), lead, EventKind::signed_in);
       s.town.step(s.who("water_handler"), lead, EventKind::accepted);
       const auto preview = [&] {
         return s.town
             .send(s.who("water_second"), "POST",
                   "/api/v1/cases/" + lead.id.text() + "/preview/answered",
                   R"({"fields":{"public_answer":"x","outcome":"supported","request":"x",)"
                   R"("facts":"x","opinion":"x","basis":"x"}})")
             .body;
       };
       EXPECT_NE(preview().find("\"joined\":0"), std::string::npos) << preview();
       const Matter member = s.town.received();
       s.town.name(member, s.who("water_second"));
       s.town.step(s.dispatcher(), member, EventKind::merged, {{"into", lead.id.text()}});
       EXPECT_NE(preview().find("\"joined\":0"), std::string::npos) << preview();
     }},

    // ---- recusal: a stake of one's own
    {"AnOfficialSaysThatTheyHaveAStake",
     [](Story& s) {
       s.watch({s.who("water_second")});
       const Matter matter = s.town.received();
       s.town.send(matter, s.unit("water"));
       s.town.step(s.who("water_second"), matter, EventKind::recusal_asked,
                   {{"reason", "当事人是我亲戚"}});
       s.is_seen_by(s.who("water_handler"), matter);
       s.nothing_of(matter);
       s.town.step(s.who("supervisor"), matter, EventKind::recused,
                   {{"official", "water_second"}, {"reason", "属实"}});
       s.nothing_of(matter);
     }},
    {"ASupervisorDecidesThatTheyStayOut",
     [](Story& s) {
       s.watch({s.who("water_second")});
       const Matter matter = s.town.received();
       s.town.send(matter, s.unit("water"));
       s.town.step(s.who("supervisor"), matter, EventKind::recused,
                   {{"official", "water_second"}, {"reason", "有利害关系"}});
       s.nothing_of(matter);
     }},
    {"ASupervisorFindsThatThereIsNoStake",
     [](Story& s) {
       const Matter matter = s.town.received();
       s.town.send(matter, s.unit("water"));
       s.town.step(s.who("water_second"), matter, EventKind::recusal_asked, {{"reason", "同村"}});
       s.is_hidden_from(s.who("water_second"), matter);
       s.refused(s.who("supervisor"), matter, EventKind::recused,
                 {{"official", "supervisor"}, {"reason", "x"}}, "cases.recusal_of_oneself");
       s.town.step(s.who("supervisor"), matter, EventKind::recusal_declined,
                   {{"official", "water_second"}, {"reason", "同村不算"}});
       s.is_seen_by(s.who("water_second"), matter);
     }},
    {"WhoKeepsThePostOfSomebodyRecused",
     [](Story& s) {
       const Matter matter = s.town.received();
       s.town.send(matter, s.unit("water"));
       s.town.step(s.who("water_second"), matter, EventKind::recusal_asked, {{"reason", "亲戚"}});
       s.town.delegate(s.who("water_second"), s.who("water_handler"));
       s.is_hidden_from(s.who("water_handler"), matter);
     }},
    {"TheWordsNameTheHandler",
     [](Story& s) {
       s.town.official("wang", Role::handler, s.unit("water"), "王水生");
       s.watch({s.who("wang")});
       const Matter matter = s.town.received(Track::petition, "水利局的王水生收了钱。");
       s.town.send(matter, s.unit("water"));
       s.is_seen_by(s.who("water_handler"), matter);
       s.nothing_of(matter);
     }},
    {"WhoWroteTheAnswerDoesNotReviewIt",
     [](Story& s) {
       const Matter matter = s.town.received();
       s.town.send(matter, s.unit("water"));
       s.town.answer(matter, s.unit("water"));
       // The one who answered has been promoted to the body above.
       const AccountId promoted = s.who("water_handler");
       s.town.change_post(promoted, Role::handler, s.unit("government"));
       s.town.speaker_step(matter, EventKind::review_requested, {{"words", "不服"}});
       s.is_seen_by(s.who("reviewer"), matter);
       s.is_hidden_from(promoted, matter);
     }},
};

class Sights : public NeverToTheAccused {};

TEST_P(Sights, Holds) {
  play();
}

INSTANTIATE_TEST_SUITE_P(Scenarios, Sights, ::testing::ValuesIn(table), name_of_scenario);

}  // namespace
}  // namespace minhu::accused
