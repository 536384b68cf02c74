// Never to the accused: officials, the tree of units, ties, delegations, and the body that has it
// itself (scenario.h).
#include "scenario.h"

namespace minhu::accused {
namespace {

const std::vector<Scenario> table{
    // ---- officials
    {"AnOfficialIsAccusedInTheUnitThatHasIt",
     [](Story& s) {
       s.watch({s.who("water_second")});
       const Matter matter = s.town.received();
       s.town.name(matter, s.who("water_second"));
       s.town.send(matter, s.unit("water"));
       // Their desk-mate and their head deal with it.
       s.is_seen_by(s.who("water_handler"), matter);
       // Their unit's lists count it for the others and not for them.
       s.is_hidden_from(s.who("water_second"), matter);
     }},
    {"TheAccusedIsTheHeadOfAUnit",
     [](Story& s) {
       s.watch(s.housing());
       const Matter matter = s.town.received();
       s.town.name(matter, s.who("housing_unit_head"));
       s.refused(s.dispatcher(), matter, EventKind::transferred, s.to("counter"));
       s.town.send(matter, s.unit("water"));
       s.nothing_of(matter);
     }},
    {"TheAccusedLeadsAUnitByTheRegister",
     [](Story& s) {
       s.town.lead(s.who("mayor"), s.unit("housing"));
       auto all = s.housing();
       all.push_back(s.who("mayor"));
       s.watch(all);
       const Matter matter = s.town.received();
       s.town.name(matter, s.who("mayor"));
       s.refused(s.dispatcher(), matter, EventKind::transferred, s.to("housing"));
       s.town.send(matter, s.unit("water"));
       s.nothing_of(matter);
     }},
    {"TheAccusedLeadsSeveralUnits",
     [](Story& s) {
       s.town.lead(s.who("mayor"), s.unit("housing"));
       s.town.lead(s.who("mayor"), s.unit("water"));
       auto all = s.housing();
       all.push_back(s.who("water_handler"));
       s.watch(all);
       const Matter matter = s.town.received();
       s.town.name(matter, s.who("mayor"));
       s.town.send(matter, s.unit("forestry"));
       s.nothing_of(matter);
     }},
    {"TheHeadOfTheAccusedUnitSitsElsewhere",
     [](Story& s) {
       s.town.lead(s.who("water_second"), s.unit("housing"));
       s.watch({s.who("water_second")});
       const Matter matter = s.town.received();
       s.town.name(matter, s.unit("housing"));
       s.town.send(matter, s.unit("forestry"));
       s.nothing_of(matter);
     }},
    {"TheAccusedIsMovedToTheUnitThatHasIt",
     [](Story& s) {
       const AccountId accused = s.who("housing_handler");
       s.town.change_post(accused, Role::handler, s.unit("forestry"));
       s.watch({accused});
       s.town.change_post(accused, Role::handler, s.unit("housing"));
       const Matter matter = s.town.received();
       s.town.name(matter, accused);
       s.town.send(matter, s.unit("forestry"));
       s.town.change_post(accused, Role::handler, s.unit("forestry"));
       s.nothing_of(matter);
     }},
    {"TheAccusedBecomesHeadOfTheUnitThatHasIt",
     [](Story& s) {
       const AccountId accused = s.who("housing_handler");
       s.town.change_post(accused, Role::unit_head, s.unit("forestry"));
       s.watch({accused, s.who("forestry_handler"), s.who("forestry_head")});
       s.town.change_post(accused, Role::handler, s.unit("housing"));
       const Matter matter = s.town.received();
       s.town.name(matter, accused);
       s.town.send(matter, s.unit("forestry"));
       s.is_seen_by(s.who("forestry_handler"), matter);
       s.town.change_post(accused, Role::unit_head, s.unit("forestry"));
       s.is_hidden_from(s.who("forestry_handler"), matter);
       s.town.run_jobs();
       EXPECT_EQ(s.town.file(matter).state, cases::State::triaged) << "taken back";
       EXPECT_TRUE(s.town.file(matter).lead_unit.empty());
       s.is_seen_by(s.dispatcher(), matter);
       s.nothing_of(matter);
     }},
    {"TheAccusedIsMadeLeaderOfTheUnitThatHasIt",
     [](Story& s) {
       s.watch({s.who("water_handler"), s.who("water_head")});
       const Matter matter = s.town.received();
       s.town.name(matter, s.who("housing_handler"));
       s.town.send(matter, s.unit("water"));
       s.town.lead(s.who("housing_handler"), s.unit("water"));
       s.is_hidden_from(s.who("water_head"), matter);
       s.town.run_jobs();
       EXPECT_TRUE(s.town.file(matter).lead_unit.empty());
       s.nothing_of(matter);
     }},
    {"TheAccusedIsMadeLeaderWhileTheUnitObjects",
     [](Story& s) {
       s.watch({s.who("water_handler")});
       const Matter matter = s.town.received();
       s.town.name(matter, s.who("housing_handler"));
       s.town.send(matter, s.unit("water"));
       s.town.step(
           s.who("water_handler"), matter, EventKind::objected,
           {{"reason", "不是"}, {"duty", "三定"}, {"proper_unit", s.unit("forestry").text()}});
       s.town.lead(s.who("housing_handler"), s.unit("water"));
       s.town.run_jobs();
       EXPECT_EQ(s.town.file(matter).state, cases::State::triaged);
       s.nothing_of(matter);
     }},

    // ---- the tree of units changes
    {"TheUnitThatHasItIsPutBelowTheAccused",
     [](Story& s) {
       s.town.move(s.unit("water"), s.unit("station"));
       s.watch({s.who("water_handler"), s.who("water_head"), s.who("housing_unit_head")});
       s.town.move(s.unit("water"), s.unit("government"));
       const Matter matter = complaint_at_water(s);
       s.town.move(s.unit("water"), s.unit("station"));
       EXPECT_TRUE(s.town.file(matter).lead_unit.empty()) << "taken back in the same transaction";
       s.is_seen_by(s.dispatcher(), matter);
       s.nothing_of(matter);
     }},
    {"TheUnitAboveThatHasItIsPutBelowTheAccused",
     [](Story& s) {
       const UnitId bureau = s.town.plant("bureau", s.unit("government"));
       s.town.move(s.unit("water"), bureau);
       s.town.move(bureau, s.unit("housing"));
       s.watch({s.who("water_handler")});
       s.town.move(bureau, s.unit("government"));
       const Matter matter = complaint_at_water(s);
       s.is_seen_by(s.who("water_handler"), matter);
       s.town.move(bureau, s.unit("housing"));
       s.is_hidden_from(s.who("water_handler"), matter);
       EXPECT_TRUE(s.town.file(matter).lead_unit.empty());
       s.nothing_of(matter);
     }},
    {"AHelperIsPutBelowTheAccused",
     [](Story& s) {
       s.town.move(s.unit("forestry"), s.unit("housing"));
       s.watch({s.who("forestry_handler"), s.who("forestry_head")});
       s.town.move(s.unit("forestry"), s.unit("government"));
       const Matter matter = complaint_at_water(s);
       s.town.step(s.who("water_handler"), matter, EventKind::co_handler_added,
                   {{"unit", s.unit("forestry").text()}});
       s.is_seen_by(s.who("forestry_handler"), matter);
       s.town.move(s.unit("forestry"), s.unit("housing"));
       EXPECT_TRUE(s.town.file(matter).co_units.empty());
       s.is_seen_by(s.who("water_handler"), matter);
       s.nothing_of(matter);
     }},
    {"AnAskedUnitIsPutBelowTheAccused",
     [](Story& s) {
       s.town.move(s.unit("forestry"), s.unit("housing"));
       s.watch({s.who("forestry_handler"), s.who("forestry_head")});
       s.town.move(s.unit("forestry"), s.unit("government"));
       const Matter matter = complaint_at_water(s);
       s.town.step(s.who("supervisor"), matter, EventKind::supervised,
                   {{"trigger", "late"}, {"unit", s.unit("forestry").text()}, {"reason", "逾期"}});
       s.town.move(s.unit("forestry"), s.unit("housing"));
       EXPECT_TRUE(s.town.file(matter).supervised_units.empty());
       for (const auto& clock : s.town.file(matter).clocks) {
         EXPECT_FALSE(clock.unit == s.unit("forestry") && !clock.met_at) << "it owes nothing";
       }
       s.nothing_of(matter);
     }},
    {"TheUnitThatAnsweredIsPutBelowTheAccused",
     [](Story& s) {
       s.town.move(s.unit("water"), s.unit("housing"));
       s.watch({s.who("water_handler"), s.who("water_head")});
       s.town.move(s.unit("water"), s.unit("government"));
       const Matter matter = complaint_at_water(s);
       s.town.answer(matter, s.unit("water"));
       s.town.move(s.unit("water"), s.unit("housing"));
       s.nothing_of(matter);
     }},
    {"AnAnswerSentBackToAUnitNowInTheClosure",
     [](Story& s) {
       s.town.move(s.unit("water"), s.unit("housing"));
       s.watch({s.who("water_handler"), s.who("water_head")});
       s.town.move(s.unit("water"), s.unit("government"));
       const Matter matter = complaint_at_water(s);
       s.town.answer(matter, s.unit("water"));
       s.town.move(s.unit("water"), s.unit("housing"));
       s.town.step(s.dispatcher(), matter, EventKind::sent_back,
                   {{"way", "rehandle"}, {"reason", "没有解决"}});
       EXPECT_EQ(s.town.file(matter).state, cases::State::triaged);
       EXPECT_TRUE(s.town.file(matter).lead_unit.empty());
       s.nothing_of(matter);
     }},

    // ---- ties and delegations
    {"KinOfTheAccusedOfficial",
     [](Story& s) {
       s.town.tie(s.who("water_second"), s.who("housing_handler"));
       s.watch({s.who("water_second")});
       const Matter matter = s.town.received();
       s.town.name(matter, s.who("housing_handler"));
       s.town.send(matter, s.unit("forestry"));
       s.nothing_of(matter);
     }},
    {"KinOfTheAccusedInTheUnitThatHasIt",
     [](Story& s) {
       s.town.tie(s.who("water_second"), s.who("housing_handler"));
       const Matter matter = s.town.received();
       s.town.name(matter, s.who("housing_handler"));
       s.town.send(matter, s.unit("water"));
       s.is_hidden_from(s.who("water_second"), matter);
       s.is_seen_by(s.who("water_handler"), matter);
     }},
    {"BoundToTheAccusedUnit",
     [](Story& s) {
       s.town.tie(s.who("water_second"), s.unit("housing"));
       s.watch({s.who("water_second")});
       const Matter matter = s.town.received();
       s.town.name(matter, s.unit("housing"));
       s.town.send(matter, s.unit("forestry"));
       s.nothing_of(matter);
     }},
    {"KinOfWhoLeadsTheAccusedUnit",
     [](Story& s) {
       s.town.tie(s.who("water_second"), s.who("housing_unit_head"));
       s.watch({s.who("water_second")});
       const Matter matter = s.town.received();
       s.town.name(matter, s.unit("housing"));
       s.town.send(matter, s.unit("forestry"));
       s.is_seen_by(s.who("forestry_handler"), matter);
       s.nothing_of(matter);
     }},
    {"KinOfSomebodyInTheAccusedUnit",
     [](Story& s) {
       s.town.tie(s.who("supervisor"), s.who("station_handler"));
       s.watch({s.who("supervisor")});
       const Matter matter = complaint_at_water(s);
       s.nothing_of(matter);
     }},
    {"ATieThatIsWrittenDownWhileTheyHaveIt",
     [](Story& s) {
       const Matter matter = complaint_at_water(s);
       s.is_seen_by(s.who("water_second"), matter);
       s.town.tie(s.who("water_second"), s.who("housing_unit_head"));
       s.is_hidden_from(s.who("water_second"), matter);
       s.is_seen_by(s.who("water_handler"), matter);
     }},
    {"WhoKeepsThePostOfTheAccused",
     [](Story& s) {
       const Matter matter = s.town.received();
       s.town.name(matter, s.who("water_second"));
       s.town.send(matter, s.unit("water"));
       s.is_seen_by(s.who("water_handler"), matter);
       s.town.delegate(s.who("water_second"), s.who("water_handler"));
       s.is_hidden_from(s.who("water_handler"), matter);
       s.is_seen_by(s.who("water_head"), matter);
     }},
    {"WhoKeepsThePostOfKin",
     [](Story& s) {
       s.town.tie(s.who("water_second"), s.who("housing_handler"));
       s.town.delegate(s.who("water_second"), s.who("water_handler"));
       const Matter matter = s.town.received();
       s.town.name(matter, s.who("housing_handler"));
       s.town.send(matter, s.unit("water"));
       s.is_hidden_from(s.who("water_handler"), matter);
       s.is_seen_by(s.who("water_head"), matter);
     }},
    {"TheAccusedKeepsThePostOfAnother",
     [](Story& s) {
       const Matter matter = s.town.received();
       s.town.name(matter, s.who("water_second"));
       s.town.send(matter, s.unit("water"));
       s.town.delegate(s.who("water_head"), s.who("water_second"));
       s.is_hidden_from(s.who("water_second"), matter);
     }},

    // ---- the body that has it is itself accused
    {"TheDispatchingBodyIsAccused",
     [](Story& s) {
       s.watch({s.who("dispatcher"), s.who("clerk"), s.who("caller")});
       const Matter matter = s.town.received();
       s.town.name(matter, s.unit("petition"));
       EXPECT_EQ(s.town.file(matter).dispatching_unit, s.unit("discipline"));
       s.is_seen_by(s.who("upper"), matter);
       s.nothing_of(matter);
     }},
    {"TheLeaderOfTheDispatchingBodyIsAccused",
     [](Story& s) {
       s.town.lead(s.who("mayor"), s.unit("petition"));
       s.watch({s.who("dispatcher"), s.who("clerk"), s.who("caller"), s.who("mayor")});
       const Matter matter = s.town.received();
       s.town.name(matter, s.who("mayor"));
       EXPECT_EQ(s.town.file(matter).dispatching_unit, s.unit("discipline"));
       s.is_seen_by(s.who("upper"), matter);
       s.nothing_of(matter);
     }},
    {"TheHotlineIsAccusedWhileAUnitHasIt",
     [](Story& s) {
       const Matter matter = s.town.received(Track::hotline);
       s.town.step(s.who("line"), matter, EventKind::dispatched, s.to("water"));
       s.town.step(s.who("line"), matter, EventKind::taken_back, taken_back(s, "hotline"));
       EXPECT_EQ(s.town.file(matter).dispatching_unit, s.unit("discipline"));
       s.is_hidden_from(s.who("line"), matter);
       s.is_hidden_from(s.who("line_caller"), matter);
       s.is_seen_by(s.who("upper"), matter);
     }},
    {"ADispatcherIsAccusedPersonally",
     [](Story& s) {
       const Matter matter = s.town.received();
       s.town.name(matter, s.dispatcher());
       s.is_hidden_from(s.dispatcher(), matter);
       s.is_seen_by(s.who("clerk"), matter);
       EXPECT_EQ(s.town.file(matter).dispatching_unit, s.unit("petition"));
     }},
    {"TheDispatchingBodyComesIntoTheClosureLater",
     [](Story& s) {
       const Matter matter = complaint_at_water(s);
       s.town.lead(s.who("mayor"), s.unit("petition"));
       const Matter other = s.town.received();
       s.town.name(other, s.who("reviewer"));
       s.town.send(other, s.unit("water"));
       s.town.lead(s.who("reviewer"), s.unit("petition"));
       s.is_hidden_from(s.who("caller"), other);
       s.town.run_jobs();
       EXPECT_EQ(s.town.file(other).dispatching_unit, s.unit("discipline"));
       EXPECT_EQ(s.town.file(other).lead_unit, s.unit("water")) << "who handles it goes on";
       s.is_seen_by(s.who("upper"), other);
       s.is_seen_by(s.who("caller"), matter);
     }},
    {"TheUpperBodyIsAccusedToo",
     [](Story& s) {
       const Matter matter = s.town.received();
       s.town.name(matter, s.unit("discipline"));
       s.town.name(matter, s.unit("petition"));
       EXPECT_EQ(s.town.file(matter).dispatching_unit, s.unit("government"));
       s.is_hidden_from(s.who("upper"), matter);
     }},
    {"NobodyAboveMayHaveIt",
     [](Story& s) {
       const Matter matter = s.town.received();
       s.town.name(matter, s.unit("discipline"));
       s.refused(s.dispatcher(), matter, EventKind::triaged,
                 {{"complained_of", s.unit("government").text()}}, "cases.complains_of_who_has_it");
     }},
};

class Registers : public NeverToTheAccused {};

TEST_P(Registers, Holds) {
  play();
}

INSTANTIATE_TEST_SUITE_P(Scenarios, Registers, ::testing::ValuesIn(table), name_of_scenario);

}  // namespace
}  // namespace minhu::accused
