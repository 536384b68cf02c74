// Never to the accused: every door by which a case is sent somewhere, and those who had it when it
// turned out (scenario.h).
#include "scenario.h"

namespace minhu::accused {
namespace {

const std::vector<Scenario> table{
    // ---- named at the counter
    {"NamedAndNeverSent",
     [](Story& s) {
       s.watch(s.housing());
       const Matter matter = s.town.received();
       s.town.name(matter, s.unit("housing"));
       s.is_seen_by(s.dispatcher(), matter);
       s.nothing_of(matter);
     }},
    {"NamedAndSentToAnotherUnit",
     [](Story& s) {
       s.watch(s.housing());
       const Matter matter = complaint_at_water(s);
       s.is_seen_by(s.who("water_handler"), matter);
       s.nothing_of(matter);
     }},
    {"AnsweredByAnotherUnit",
     [](Story& s) {
       s.watch(s.housing());
       const Matter matter = complaint_at_water(s);
       s.town.answer(matter, s.unit("water"));
       s.is_seen_by(s.who("caller"), matter);
       s.nothing_of(matter);
     }},
    {"OnlyAUnitBelowIsNamed_TheUnitItselfIsNot",
     [](Story& s) {
       s.watch({s.who("station_handler"), s.who("station_head"), s.who("counter_handler")});
       const Matter matter = s.town.received();
       s.town.name(matter, s.unit("station"));
       s.town.send(matter, s.unit("housing"));
       s.is_seen_by(s.who("housing_handler"), matter);
       s.nothing_of(matter);
     }},
    {"TwoUnitsAreNamed",
     [](Story& s) {
       auto both = s.housing();
       both.push_back(s.who("water_handler"));
       both.push_back(s.who("water_head"));
       s.watch(both);
       const Matter matter = s.town.received();
       s.town.name(matter, s.unit("housing"));
       s.town.name(matter, s.unit("water"));
       s.town.send(matter, s.unit("forestry"));
       s.is_seen_by(s.who("forestry_handler"), matter);
       s.nothing_of(matter);
     }},
    {"NamedByMistakeAndTakenOut_ThenTheySeeIt",
     [](Story& s) {
       const Matter matter = s.town.received();
       s.town.name(matter, s.unit("housing"));
       s.town.step(s.dispatcher(), matter, EventKind::triaged,
                   {{"not_complained_of", s.unit("housing").text()}});
       s.town.send(matter, s.unit("housing"));
       s.is_seen_by(s.who("housing_handler"), matter);
     }},

    // ---- they had it, and then it turned out whom it is about
    {"TheyHadItUnopened",
     [](Story& s) {
       s.watch(s.housing());
       const Matter matter = s.town.received();
       s.town.send(matter, s.unit("housing"));
       s.is_seen_by(s.who("housing_handler"), matter);
       s.town.step(s.dispatcher(), matter, EventKind::taken_back, taken_back(s, "housing"));
       s.nothing_of(matter);
     }},
    {"TheyHadSignedInAndAccepted",
     [](Story& s) {
       s.watch(s.housing());
       const Matter matter = s.town.received();
       s.town.send(matter, s.unit("housing"));
       s.town.step(s.who("housing_handler"), matter, EventKind::signed_in);
       s.town.step(s.who("housing_handler"), matter, EventKind::accepted);
       s.town.step(s.dispatcher(), matter, EventKind::taken_back, taken_back(s, "housing"));
       s.town.send(matter, s.unit("water"));
       s.nothing_of(matter);
     }},
    {"TheyHelpedWithIt",
     [](Story& s) {
       s.watch(s.housing());
       const Matter matter = s.town.received();
       s.town.send(matter, s.unit("water"));
       s.town.step(s.who("water_handler"), matter, EventKind::co_handler_added,
                   {{"unit", s.unit("housing").text()}});
       s.is_seen_by(s.who("housing_handler"), matter);
       s.town.step(s.dispatcher(), matter, EventKind::taken_back, taken_back(s, "housing"));
       s.nothing_of(matter);
     }},
    {"TheyOwedAnAnswerToASupervisionOrder",
     [](Story& s) {
       s.watch(s.housing());
       const Matter matter = s.town.received();
       s.town.send(matter, s.unit("water"));
       s.town.step(s.who("supervisor"), matter, EventKind::supervised,
                   {{"trigger", "late"}, {"unit", s.unit("housing").text()}, {"reason", "逾期"}});
       s.is_seen_by(s.who("housing_handler"), matter);
       s.town.step(s.dispatcher(), matter, EventKind::taken_back, taken_back(s, "housing"));
       EXPECT_TRUE(s.town.file(matter).supervised_units.empty()) << "nobody waits for their answer";
       s.nothing_of(matter);
     }},
    {"TheyOwedAnAnswerToARecommendation",
     [](Story& s) {
       s.watch(s.housing());
       const Matter matter = s.town.received();
       s.town.send(matter, s.unit("water"));
       s.town.step(s.who("supervisor"), matter, EventKind::recommended,
                   {{"about", "improve"}, {"unit", s.unit("housing").text()}, {"text", "改进"}});
       s.town.step(s.dispatcher(), matter, EventKind::taken_back, taken_back(s, "housing"));
       EXPECT_TRUE(s.town.file(matter).recommended_units.empty());
       s.nothing_of(matter);
     }},
    {"TheyKeptADraft",
     [](Story& s) {
       s.watch(s.housing());
       const Matter matter = s.town.received();
       s.town.send(matter, s.unit("housing"));
       EXPECT_EQ(s.town
                     .send(s.who("housing_handler"), "PUT",
                           "/api/v1/cases/" + matter.id.text() + "/draft?tab=note",
                           R"({"fields":{"note":"记下对方"},"revision":0})")
                     .status,
                 200);
       s.town.step(s.dispatcher(), matter, EventKind::taken_back, taken_back(s, "housing"));
       s.nothing_of(matter);
     }},
    {"TheirStepMeetsTheTakingBackOnTheWay",
     [](Story& s) {
       const Matter matter = s.town.received();
       s.town.send(matter, s.unit("housing"));
       s.town.step(s.dispatcher(), matter, EventKind::taken_back, taken_back(s, "housing"));
       s.refused(s.who("housing_handler"), matter, EventKind::signed_in, {}, "cases.not_found");
     }},
    {"ItBecomesAnAccusationInTheMiddle",
     [](Story& s) {
       auto all = s.housing();
       all.push_back(s.who("water_handler"));
       all.push_back(s.who("water_head"));
       s.watch(all);
       const Matter matter = complaint_at_water(s);
       s.town.step(s.dispatcher(), matter, EventKind::held);
       s.nothing_of(matter);
     }},
    {"AnAccusationFromTheBeginning",
     [](Story& s) {
       auto all = s.housing();
       for (const char* login : {"dispatcher", "supervisor", "mayor", "upper", "caller"}) {
         all.push_back(s.who(login));
       }
       s.watch(all);
       s.nothing_of(s.town.received(Track::accusation));
     }},

    // ---- every door by which it could be sent there
    {"Dispatch",
     [](Story& s) {
       const Matter matter = s.town.received();
       s.town.name(matter, s.unit("housing"));
       for (const char* unit : {"housing", "station", "counter"}) {
         s.refused(s.dispatcher(), matter, EventKind::transferred, s.to(unit));
       }
     }},
    {"DispatchOfTheHotline",
     [](Story& s) {
       const Matter matter = s.town.received(Track::hotline);
       s.town.step(s.who("line"), matter, EventKind::triaged,
                   {{"complained_of", s.unit("housing").text()}});
       s.refused(s.who("line"), matter, EventKind::dispatched, s.to("station"));
     }},
    {"RedispatchAfterAnObjection",
     [](Story& s) {
       const Matter matter = complaint_at_water(s);
       s.town.step(
           s.who("water_handler"), matter, EventKind::objected,
           {{"reason", "不是"}, {"duty", "三定"}, {"proper_unit", s.unit("forestry").text()}});
       s.town.step(s.dispatcher(), matter, EventKind::objection_upheld, {{"reason", "对"}});
       s.refused(s.dispatcher(), matter, EventKind::transferred, s.to("counter"));
     }},
    {"Objection",
     [](Story& s) {
       const Matter matter = complaint_at_water(s);
       s.refused(s.who("water_handler"), matter, EventKind::objected,
                 {{"reason", "不是"}, {"duty", "三定"}, {"proper_unit", s.unit("station").text()}});
     }},
    {"AnObjectionRefusedToAUnitThatHasComeIntoTheClosure",
     [](Story& s) {
       const Matter matter = s.town.received();
       s.town.name(matter, s.who("housing_handler"));
       s.town.send(matter, s.unit("water"));
       s.town.step(
           s.who("water_handler"), matter, EventKind::objected,
           {{"reason", "不是"}, {"duty", "三定"}, {"proper_unit", s.unit("forestry").text()}});
       s.town.lead(s.who("housing_handler"), s.unit("water"));
       s.refused(s.dispatcher(), matter, EventKind::objection_refused, {{"reason", "是你的"}});
     }},
    {"CoHandling",
     [](Story& s) {
       const Matter matter = complaint_at_water(s);
       s.refused(s.who("water_handler"), matter, EventKind::co_handler_added,
                 {{"unit", s.unit("counter").text()}});
     }},
    {"SupervisionOrder",
     [](Story& s) {
       const Matter matter = complaint_at_water(s);
       s.refused(s.who("supervisor"), matter, EventKind::supervised,
                 {{"trigger", "late"}, {"unit", s.unit("housing").text()}, {"reason", "逾期"}});
     }},
    {"Recommendation",
     [](Story& s) {
       const Matter matter = complaint_at_water(s);
       s.refused(s.who("supervisor"), matter, EventKind::recommended,
                 {{"about", "improve"}, {"unit", s.unit("station").text()}, {"text", "改进"}});
     }},
    {"MergingIntoACaseThatTheyHave",
     [](Story& s) {
       const Matter matter = s.town.received();
       s.town.name(matter, s.unit("housing"));
       s.refused(s.dispatcher(), matter, EventKind::merged,
                 {{"into", s.innocent_at_housing().id.text()}});
     }},
    {"SendingACaseThatTookOneInThatAccusesThem",
     [](Story& s) {
       // A supervisor reads the case that took it in, which accuses nobody: see the next.
       s.watch({s.who("housing_handler"), s.who("housing_unit_head"), s.who("housing_dispatcher"),
                s.who("station_handler"), s.who("counter_head")});
       const Matter matter = s.town.received();
       s.town.name(matter, s.unit("housing"));
       const Matter lead = s.town.received();
       s.town.step(s.dispatcher(), matter, EventKind::merged, {{"into", lead.id.text()}});
       s.refused(s.dispatcher(), lead, EventKind::transferred, s.to("housing"));
       s.town.send(lead, s.unit("water"));
       s.nothing_of(matter);
     }},
    {"ACaseThatTheirSupervisorReadsTakesItIn",
     [](Story& s) {
       const Matter lead = s.town.received();
       s.town.send(lead, s.unit("water"));
       s.watch(s.housing());
       const Matter matter = s.town.received();
       s.town.name(matter, s.unit("housing"));
       s.town.step(s.dispatcher(), matter, EventKind::merged, {{"into", lead.id.text()}});
       s.is_seen_by(s.who("housing_supervisor"), lead);
       s.nothing_of(matter);
     }},
    {"ReviewGoesPastThem",
     [](Story& s) {
       s.watch(s.housing());
       const Matter matter = complaint_at_water(s);
       s.town.answer(matter, s.unit("water"));
       // Meanwhile the unit that answered has come to stand below them.
       s.town.move(s.unit("water"), s.unit("housing"));
       s.town.speaker_step(matter, EventKind::review_requested, {{"words", "不服"}});
       EXPECT_NE(s.town.file(matter).review_unit, s.unit("housing"));
       s.town.move(s.unit("water"), s.unit("government"));
       s.nothing_of(matter);
     }},
    {"TheReviewingUnitComesIntoTheClosure",
     [](Story& s) {
       const Matter matter = complaint_at_water(s);
       s.town.answer(matter, s.unit("water"));
       s.town.speaker_step(matter, EventKind::review_requested, {{"words", "不服"}});
       EXPECT_EQ(s.town.file(matter).review_unit, s.unit("government"));
       s.is_seen_by(s.who("reviewer"), matter);
       s.town.tie(s.who("reviewer"), s.unit("housing"));
       s.is_hidden_from(s.who("reviewer"), matter);
     }},
};

class Doors : public NeverToTheAccused {};

TEST_P(Doors, Holds) {
  play();
}

INSTANTIATE_TEST_SUITE_P(Scenarios, Doors, ::testing::ValuesIn(table), name_of_scenario);

}  // namespace
}  // namespace minhu::accused
