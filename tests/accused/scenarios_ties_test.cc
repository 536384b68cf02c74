// Never to the accused: who is tied to whom a case accuses. The registers are kept over HTTP, as
// the desk does it (scenario.h).
#include "features/cases/receipt_number.h"
#include "scenario.h"

namespace minhu::accused {
namespace {

constexpr const char* register_of_ties = "/api/v1/interests";

// Of a body with no other id before it.
std::string id_in(const Answer& answer) {
  const std::string_view before = "\"id\":\"";
  const auto at = answer.body.find(before);
  return at == std::string::npos ? "" : answer.body.substr(at + before.size(), 36);
}
std::string tie_to_person(Story& s, const char* official, const char* person) {
  return R"({"official":")" + s.who(official).text() + R"(","person":")" + s.who(person).text() +
         R"(","tie":"kin","reason":"干部登记"})";
}
std::string tie_to_unit(Story& s, const char* official, const char* unit) {
  return R"({"official":")" + s.who(official).text() + R"(","unit":")" + s.unit(unit).text() +
         R"(","tie":"former_post","reason":"干部登记"})";
}
// Written down by the supervisor; the id of the line.
std::string written_down(Story& s, const std::string& tie) {
  const Answer made = s.town.send(s.who("supervisor"), "POST", register_of_ties, tie);
  EXPECT_EQ(made.status, 201) << made.body;
  return id_in(made);
}
// As the officials do it on their own page.
void declared_by_themselves(Story& s, const char* official, const char* person) {
  const Answer made = s.town.send(s.who(official), "POST", "/api/v1/own/interests",
                                  R"({"person":")" + s.who(person).text() + R"(","tie":"kin"})");
  EXPECT_EQ(made.status, 201) << made.body;
}
Answer ended(Story& s, AccountId by, const std::string& id) {
  return s.town.send(by, "POST", std::string(register_of_ties) + "/" + id + "/end",
                     R"({"reason":"已经调离"})");
}
// A petition that accuses this official and is with that unit.
Matter about(Story& s, const char* official, const char* unit) {
  const Matter matter = s.town.received();
  s.town.name(matter, s.who(official));
  s.town.send(matter, s.unit(unit));
  return matter;
}
// Where no earlier look can be compared with: neither its id nor its number stands anywhere, and no
// door tells it from a case that there is not.
void no_trace_for(Story& s, AccountId one, const Matter& matter) {
  for (const auto& [door, answer] : look_around(s.town, one)) {
    for (const std::string& trace : {matter.id.text(), cases::show_number(matter.number)}) {
      EXPECT_EQ(answer.body.find(trace), std::string::npos)
          << s.town.account(one).login << ": " << door << " tells " << trace;
    }
  }
  for (const std::string& door : told_apart(s.town, one, matter)) {
    ADD_FAILURE() << s.town.account(one).login << ", told apart: " << door;
  }
}

const std::vector<Scenario> table{
    // ---- a tie that is known beforehand
    {"DeclaredByThemselves_AndTheirOwnUnitHandlesIt",
     [](Story& s) {
       declared_by_themselves(s, "water_second", "housing_handler");
       s.watch({s.who("water_second")});
       const Matter matter = about(s, "housing_handler", "water");
       s.is_seen_by(s.who("water_handler"), matter);
       s.nothing_of(matter);
       s.town.answer(matter, s.unit("water"));
       s.nothing_of(matter);
     }},
    {"EverythingThatHappensToItStaysHidden",
     [](Story& s) {
       written_down(s, tie_to_person(s, "forestry_handler", "housing_handler"));
       written_down(s, tie_to_unit(s, "mayor", "housing"));
       s.watch({s.who("forestry_handler"), s.who("mayor")});
       const Matter matter = complaint_at_water(s);
       s.town.speaker_step(matter, EventKind::supplemented, {{"words", "又漏了。"}});
       s.town.speaker_step(matter, EventKind::urged);
       s.nothing_of(matter);
       s.town.step(s.who("supervisor"), matter, EventKind::supervised,
                   {{"trigger", "late"}, {"unit", s.unit("water").text()}, {"reason", "逾期"}});
       s.town.answer(matter, s.unit("water"));
       s.town.run_jobs();
       s.is_seen_by(s.who("supervisor"), matter);
       s.nothing_of(matter);
     }},
    {"WhoTakesWordsInIsTied",
     [](Story& s) {
       s.town.official("second_dispatcher", Role::dispatcher, s.unit("petition"));
       written_down(s, tie_to_person(s, "dispatcher", "housing_handler"));
       written_down(s, tie_to_unit(s, "clerk", "housing"));
       s.watch({s.who("dispatcher"), s.who("clerk")});
       const AccountId second = s.who("second_dispatcher");
       const Matter matter = s.town.received();
       s.town.step(second, matter, EventKind::triaged,
                   {{"category", "minhu:01"},
                    {"complained_of", s.unit("housing").text()},
                    {"accused_person", s.who("housing_handler").text()}});
       s.town.step(second, matter, EventKind::transferred, s.to("water"));
       s.is_seen_by(second, matter);
       s.nothing_of(matter);
     }},
    {"ALeaderOfUnitsIsTied_AndTheUnitsGoOn",
     [](Story& s) {
       s.town.lead(s.who("mayor"), s.unit("water"));
       written_down(s, tie_to_person(s, "mayor", "housing_handler"));
       s.watch({s.who("mayor")});
       const Matter matter = about(s, "housing_handler", "water");
       s.is_seen_by(s.who("water_handler"), matter);
       s.nothing_of(matter);
     }},
    {"TiedToWhoLeadsTheAccusedUnitByTheRegister",
     [](Story& s) {
       s.town.lead(s.who("reviewer"), s.unit("housing"));
       written_down(s, tie_to_person(s, "water_second", "reviewer"));
       s.watch({s.who("water_second")});
       const Matter matter = complaint_at_water(s);
       s.is_seen_by(s.who("water_handler"), matter);
       s.nothing_of(matter);
     }},
    {"TiedToAUnitBelowTheAccused",
     [](Story& s) {
       written_down(s, tie_to_unit(s, "water_second", "counter"));
       s.watch({s.who("water_second")});
       const Matter matter = complaint_at_water(s);
       s.nothing_of(matter);
     }},
    {"TiedToAUnitAboveTheAccused_IsNotTiedToIt",
     [](Story& s) {
       written_down(s, tie_to_unit(s, "water_second", "housing"));
       const Matter matter = s.town.received();
       s.town.name(matter, s.unit("counter"));
       s.town.send(matter, s.unit("water"));
       s.is_seen_by(s.who("water_second"), matter);
     }},
    {"TheKinOfKinIsNobodyToThem",
     [](Story& s) {
       written_down(s, tie_to_person(s, "water_second", "housing_handler"));
       written_down(s, tie_to_person(s, "water_handler", "water_second"));
       const Matter matter = about(s, "housing_handler", "water");
       s.is_hidden_from(s.who("water_second"), matter);
       s.is_seen_by(s.who("water_handler"), matter);
     }},
    {"ATieHoldsFromTheOfficialWhoDeclaredItOnly",
     [](Story& s) {
       // Water's handler says that they are close to housing's: what accuses water's handler is not
       // kept from the other by that.
       declared_by_themselves(s, "water_handler", "forestry_handler");
       const Matter matter = about(s, "water_handler", "forestry");
       s.is_seen_by(s.who("forestry_handler"), matter);
     }},

    // ---- a tie that is written down when they have it already
    {"ATieAfterItWasDispatched",
     [](Story& s) {
       s.watch({s.who("water_second")});
       const Matter matter = about(s, "housing_handler", "water");
       s.is_seen_by(s.who("water_second"), matter);
       written_down(s, tie_to_person(s, "water_second", "housing_handler"));
       s.nothing_of(matter);
       s.town.run_jobs();
       s.is_seen_by(s.who("water_handler"), matter);
       EXPECT_EQ(s.town.file(matter).lead_unit, s.unit("water")) << "the unit goes on";
       s.nothing_of(matter);
     }},
    {"ATieOfWhoHasWorkedOnIt",
     [](Story& s) {
       const AccountId worker = s.who("water_second");
       const Matter matter = complaint_at_water(s);
       s.town.step(worker, matter, EventKind::signed_in);
       s.town.step(worker, matter, EventKind::accepted);
       ASSERT_EQ(s.town
                     .send(worker, "PUT", "/api/v1/cases/" + matter.id.text() + "/draft?tab=note",
                           R"({"fields":{"note":"写到一半"},"revision":0})")
                     .status,
                 200);
       declared_by_themselves(s, "water_second", "housing_unit_head");
       no_trace_for(s, worker, matter);
       s.is_seen_by(s.who("water_handler"), matter);
     }},
    {"ATieAfterTheAnswer",
     [](Story& s) {
       s.watch({s.who("caller"), s.who("water_second")});
       const Matter matter = complaint_at_water(s);
       s.town.answer(matter, s.unit("water"));
       written_down(s, tie_to_unit(s, "caller", "housing"));
       written_down(s, tie_to_unit(s, "water_second", "housing"));
       s.is_seen_by(s.dispatcher(), matter);
       s.nothing_of(matter);
     }},
    {"ATieOfASupervisorWhoHasAskedForIt",
     [](Story& s) {
       s.town.official("second_supervisor", Role::supervisor, s.unit("inspection"));
       s.watch({s.who("supervisor")});
       const Matter matter = complaint_at_water(s);
       s.town.step(s.who("supervisor"), matter, EventKind::supervised,
                   {{"trigger", "late"}, {"unit", s.unit("water").text()}, {"reason", "逾期"}});
       ASSERT_EQ(s.town
                     .send(s.who("second_supervisor"), "POST", register_of_ties,
                           tie_to_unit(s, "supervisor", "housing"))
                     .status,
                 201);
       s.is_seen_by(s.who("second_supervisor"), matter);
       s.nothing_of(matter);
     }},

    // ---- a tie that ends
    {"ATieThatHasEnded",
     [](Story& s) {
       const std::string tie = written_down(s, tie_to_person(s, "water_second", "housing_handler"));
       const Matter matter = about(s, "housing_handler", "water");
       no_trace_for(s, s.who("water_second"), matter);
       ASSERT_EQ(ended(s, s.who("supervisor"), tie).status, 204);
       s.is_seen_by(s.who("water_second"), matter);
     }},
    {"OneOfTwoTiesHasEnded",
     [](Story& s) {
       const std::string tie = written_down(s, tie_to_person(s, "water_second", "housing_handler"));
       written_down(s, tie_to_unit(s, "water_second", "housing"));
       s.watch({s.who("water_second")});
       const Matter matter = complaint_at_water(s);
       ASSERT_EQ(ended(s, s.who("supervisor"), tie).status, 204);
       s.nothing_of(matter);
     }},
    {"ATieThatHasEndedAndIsWrittenDownAgain",
     [](Story& s) {
       s.watch({s.who("water_second")});
       const std::string tie = written_down(s, tie_to_unit(s, "water_second", "housing"));
       const Matter matter = complaint_at_water(s);
       ASSERT_EQ(ended(s, s.who("supervisor"), tie).status, 204);
       s.is_seen_by(s.who("water_second"), matter);
       written_down(s, tie_to_unit(s, "water_second", "housing"));
       s.nothing_of(matter);
     }},
    {"NobodyEndsWhatKeepsThemOut_AndTheRefusalSaysNothing",
     [](Story& s) {
       const AccountId one =
           s.town.official("second_supervisor", Role::supervisor, s.unit("inspection"));
       const std::string own = written_down(s, tie_to_unit(s, "second_supervisor", "housing"));
       const std::string of_another = written_down(s, tie_to_unit(s, "water_second", "housing"));
       const std::vector<AccountId> kept_out{one, s.who("housing_supervisor"),
                                             s.who("water_second")};
       const auto tried = [&] {
         std::vector<Answer> all;
         for (const AccountId by : kept_out) {
           for (const std::string& tie : {own, of_another}) all.push_back(ended(s, by, tie));
         }
         return all;
       };
       const std::vector<Answer> before = tried();
       for (const Answer& answer : before) EXPECT_EQ(answer.status, 403) << answer.body;
       const Matter matter = complaint_at_water(s);
       s.town.step(s.dispatcher(), matter, EventKind::taken_back, taken_back(s, "housing"));
       EXPECT_EQ(tried(), before) << "the same whether there is a case or not";
       EXPECT_EQ(ended(s, s.who("supervisor"), own).status, 204);
     }},

    // ---- a tie through a delegate
    {"WhoKeepsThePostOfSomebodyTied",
     [](Story& s) {
       declared_by_themselves(s, "water_second", "housing_handler");
       s.town.delegate(s.who("water_second"), s.who("water_handler"));
       s.watch({s.who("water_handler"), s.who("water_second")});
       const Matter matter = about(s, "housing_handler", "water");
       s.is_seen_by(s.who("water_head"), matter);
       s.nothing_of(matter);
     }},
    {"WhoseGiverIsTiedAfterwards",
     [](Story& s) {
       s.town.delegate(s.who("water_second"), s.who("water_handler"));
       s.watch({s.who("water_handler"), s.who("water_second")});
       const Matter matter = complaint_at_water(s);
       s.is_seen_by(s.who("water_handler"), matter);
       written_down(s, tie_to_unit(s, "water_second", "housing"));
       s.is_seen_by(s.who("water_head"), matter);
       s.nothing_of(matter);
     }},
    {"WhoGetsThePostOfSomebodyTiedWhileTheyHaveIt",
     [](Story& s) {
       written_down(s, tie_to_person(s, "water_second", "housing_unit_head"));
       const Matter matter = complaint_at_water(s);
       s.is_seen_by(s.who("water_handler"), matter);
       s.town.delegate(s.who("water_second"), s.who("water_handler"));
       no_trace_for(s, s.who("water_handler"), matter);
       s.is_seen_by(s.who("water_head"), matter);
     }},
    {"TiedToWhomTheAccusedKeepsThePostOf_IsNotTiedToTheAccused",
     [](Story& s) {
       s.town.official("housing_second", Role::handler, s.unit("housing"));
       s.town.delegate(s.who("housing_handler"), s.who("housing_second"));
       written_down(s, tie_to_person(s, "water_second", "housing_handler"));
       const Matter matter = about(s, "housing_second", "water");
       s.is_seen_by(s.who("water_second"), matter);
     }},

    // ---- what the registers themselves say, and what is sent out
    {"TheRegistersNameNoCase",
     [](Story& s) {
       const std::vector<AccountId> readers{s.who("supervisor"), s.who("housing_supervisor")};
       const std::vector<const char*> doors{register_of_ties, "/api/v1/leaders", "/api/v1/ties",
                                            "/api/v1/own/interests"};
       written_down(s, tie_to_unit(s, "water_second", "housing"));
       const auto read = [&] {
         std::vector<Answer> all;
         for (const AccountId reader : readers) {
           for (const char* door : doors) all.push_back(s.town.get(reader, door));
         }
         return all;
       };
       const std::vector<Answer> before = read();
       for (const Answer& answer : before) EXPECT_EQ(answer.status, 200) << answer.body;
       const Matter matter = complaint_at_water(s);
       s.town.answer(matter, s.unit("water"));
       EXPECT_EQ(read(), before);
     }},
    {"NothingIsSentToThem",
     [](Story& s) {
       declared_by_themselves(s, "water_second", "housing_handler");
       const Matter matter = about(s, "housing_handler", "water");
       s.town.answer(matter, s.unit("water"));
       const std::vector<std::string> sent = s.town.messages();
       EXPECT_FALSE(sent.empty()) << "the speaker is told";
       for (const std::string& message : sent) {
         EXPECT_NE(message.find("13800000000"), std::string::npos) << "to the speaker alone";
         for (const std::string_view word :
              {std::string_view("water_second"), std::string_view("housing_handler"), canary}) {
           EXPECT_EQ(message.find(word), std::string::npos) << message;
         }
       }
     }},
    {"WhoHandlesItReadsNoTie",
     [](Story& s) {
       written_down(s, tie_to_person(s, "water_second", "housing_handler"));
       const Matter matter = about(s, "housing_handler", "water");
       for (const AccountId one : {s.who("water_handler"), s.who("water_head")}) {
         for (const std::string& door : {"/api/v1/cases/" + matter.id.text(),
                                         "/api/v1/cases/" + matter.id.text() + "/changes?after=0",
                                         "/office/cases/" + matter.id.text()}) {
           EXPECT_EQ(s.town.get(one, door).body.find("官water_second"), std::string::npos) << door;
         }
       }
     }},
};

class Ties : public NeverToTheAccused {};

TEST_P(Ties, Holds) {
  play();
}

INSTANTIATE_TEST_SUITE_P(Scenarios, Ties, ::testing::ValuesIn(table), name_of_scenario);

}  // namespace
}  // namespace minhu::accused
