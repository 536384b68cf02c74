// For tests: which test of the desk brings about the answers of which operations. The test that
// holds contract and program together leaves these to them.
#pragma once

#include <gtest/gtest.h>

#include <array>
#include <map>
#include <set>
#include <string>

namespace minhu::web_api {

inline const std::map<std::string, std::set<std::string>> desk_tests{
    {"FindsByNumberWhatIsYoursAndNothingElse", {"get /api/v1/find"}},
    {"ListsWhatAUnitHasHandledTheLatestChangeFirst", {"get /api/v1/handled"}},
    {"SignsInManyCasesEachDecidedAlone", {"post /api/v1/queue/bulk"}},
    {"RemembersAnOfficialsViews",
     {"get /api/v1/views", "post /api/v1/views", "delete /api/v1/views/{view}"}},
    {"TellsWhatHasChangedSince", {"get /api/v1/cases/{id}/changes"}},
    {"KeepsADraftForTheUnitUntilTheStepIsTaken",
     {"get /api/v1/cases/{id}/draft", "put /api/v1/cases/{id}/draft",
      "delete /api/v1/cases/{id}/draft"}},
    {"ShowsAStepAsItsSpeakerWillReadItAndChangesNothing",
     {"post /api/v1/cases/{id}/preview/{kind}"}},
    {"HasALibraryOfTexts",
     {"get /api/v1/texts", "post /api/v1/texts", "put /api/v1/texts/{text}",
      "delete /api/v1/texts/{text}", "get /api/v1/cases/{id}/texts",
      "post /api/v1/cases/{id}/texts/{text}/used"}},
    {"ProposesMattersAlikeByFacts",
     {"get /api/v1/cases/{id}/similar", "get /api/v1/similar",
      "post /api/v1/cases/{id}/not_similar"}}};

// The same for classes of matters.
inline const std::map<std::string, std::set<std::string>> class_tests{
    {"ListsProposesAndShowsClasses",
     {"get /api/v1/classes", "post /api/v1/classes", "get /api/v1/classes/{class}",
      "get /api/v1/classes/{class}/steps", "post /api/v1/classes/{class}/steps/{kind}",
      "get /api/v1/classes/{class}/series"}},
    {"LinksCasesAndAsksTheirSpeakers",
     {"get /api/v1/classes/{class}/cases", "put /api/v1/classes/{class}/cases/{id}",
      "delete /api/v1/classes/{class}/cases/{id}",
      "put /api/v1/classes/{class}/cases/{id}/unrelated",
      "post /api/v1/classes/{class}/cases/{id}/asked", "get /api/v1/cases/{id}/class"}},
    {"FindsCandidatesAndCountsLessons",
     {"get /api/v1/class_candidates", "post /api/v1/class_candidates/dismissed",
      "get /api/v1/lessons"}},
    {"PublishesWhatWasApprovedAndLetsOthersJoin",
     {"get /api/v1/open_data/classes", "post /api/v1/published_classes/near"}}};

// And for what reading finds in words.
inline const std::map<std::string, std::set<std::string>> matter_tests{
    {"ReadsWordsWhileTheyAreTakenIn", {"post /api/v1/matters/read"}},
    {"ReadsACaseThatWaitsToBeSortedAndLeavesItOut",
     {"get /api/v1/cases/{id}/reading", "put /api/v1/cases/{id}/not_learnt",
      "delete /api/v1/cases/{id}/not_learnt"}},
    {"MakesAModelAndUsesItWhenSomebodySaysSo",
     {"get /api/v1/admin/models", "post /api/v1/admin/models",
      "post /api/v1/admin/models/{version}/use"}}};

// And for who leads what, who is close to whom, and who stays out of a case.
inline const std::map<std::string, std::set<std::string>> closeness_tests{
    {"AnOfficialSaysWhomTheyAreCloseTo",
     {"get /api/v1/own/interests", "post /api/v1/own/interests"}},
    {"ASupervisorKeepsTheRegisterOfTies",
     {"get /api/v1/interests", "post /api/v1/interests", "post /api/v1/interests/{id}/end"}},
    {"ASupervisorSeesWhoWorksHereAndWhosePostIsKept", {"get /api/v1/ties"}},
    {"ASupervisorSeesWhoAsksToStayOut", {"get /api/v1/recusals"}},
    {"TheSecurityAdministratorKeepsTheRegisterOfLeaders",
     {"get /api/v1/leaders", "post /api/v1/leaders", "post /api/v1/leaders/{id}/end"}}};

// And for reports of wrongdoing.
inline const std::map<std::string, std::set<std::string>> report_tests{
    {"AreOpenedAnsweredAndDecidedByTheirHandlers",
     {"get /api/v1/accusations", "put /api/v1/accusations/key",
      "post /api/v1/accusations/{report}/open", "post /api/v1/accusations/{report}/name",
      "post /api/v1/accusations/{report}/name/request",
      "post /api/v1/accusations/{report}/name/decision",
      "post /api/v1/accusations/{report}/files/{file}", "post /api/v1/accusations/{report}/answers",
      "post /api/v1/accusations/{report}/shares", "post /api/v1/accusations/{report}/complaints",
      "get /api/v1/accusation_handlers", "put /api/v1/accusation_handlers/{id}",
      "delete /api/v1/accusation_handlers/{id}"}}};

// And for promises and the handing over of posts.
inline const std::map<std::string, std::set<std::string>> promise_tests{
    {"AreMadeReportedVerifiedAndShown",
     {"get /api/v1/posts", "get /api/v1/post_holders", "post /api/v1/posts",
      "get /api/v1/promises/{promise}/proofs", "get /api/v1/promises", "post /api/v1/promises",
      "get /api/v1/promises/{promise}", "post /api/v1/promises/{promise}/steps/{kind}",
      "post /api/v1/promises/{promise}/steps/{kind}/with_files",
      "get /api/v1/promises/{promise}/evidence/{content}"}},
    {"AreHandedOverByTwoSignatures",
     {"get /api/v1/relays", "post /api/v1/relays", "get /api/v1/relays/{relay}",
      "put /api/v1/relays/{relay}/items/{item}", "post /api/v1/relays/{relay}/signature"}},
    {"AreHandedOverInTheAbsenceOfOneOfTheTwo",
     {"post /api/v1/relays/{relay}/signature_in_absence",
      "post /api/v1/relays/{relay}/calling_off"}}};

// And for where leaders go.
inline const std::map<std::string, std::set<std::string>> plan_tests{
    {"AMonthIsFrozenPlannedAndAccepted",
     {"get /api/v1/plans", "get /api/v1/plans/{month}", "post /api/v1/plans/{month}/cycle",
      "post /api/v1/plans/{month}/drafts", "post /api/v1/plans/{month}/wishes",
      "post /api/v1/plans/{month}/acceptance", "get /api/v1/plan_coverage"}},
    {"ALotIsDrawnInFourSteps",
     {"post /api/v1/plans/{month}/lot/{step}", "get /api/v1/plans/{month}/lot"}},
    {"AnInvestigationGoesVillageByVillage",
     {"get /api/v1/investigations", "post /api/v1/investigations",
      "get /api/v1/investigations/{investigation}",
      "post /api/v1/investigations/{investigation}/findings"}}};

// And for leaders' visits.
inline const std::map<std::string, std::set<std::string>> visit_tests{
    {"ArePlannedAnnouncedHeldAndReported",
     {"get /api/v1/visits", "post /api/v1/visits", "get /api/v1/visits/{visit}",
      "get /api/v1/visits/{visit}/steps", "post /api/v1/visits/{visit}/steps/{kind}",
      "get /api/v1/visit_figures"}},
    {"ArePostedWithPhotosOfTheBoard", {"post /api/v1/visits/{visit}/steps/{kind}/with_files"}},
    {"HaveAQueueThatTheOfficeWorks",
     {"post /api/v1/visits/{visit}/groups", "post /api/v1/visits/{visit}/next",
      "post /api/v1/visits/{visit}/groups/{group}/steps/{kind}",
      "post /api/v1/visits/{visit}/groups/{group}/contact"}},
    {"StandInCalendarsAtSecretAddresses",
     {"get /api/v1/visit_calendars", "post /api/v1/visit_calendars",
      "delete /api/v1/visit_calendars/{calendar}"}}};

// And for tablets of receptions.
inline const std::map<std::string, std::set<std::string>> reception_tests{
    {"GiveATabletItsNumbersAndTakeItOutOfUse",
     {"get /api/v1/receptions", "delete /api/v1/receptions/{device}",
      "post /api/v1/receptions/{device}/blocks"}},
    {"BringBackWhatWasTakenDown",
     {"get /api/v1/receptions/{device}/received", "post /api/v1/receptions/{device}/sessions",
      "get /api/v1/receptions/{device}/sessions/{session}",
      "post /api/v1/receptions/{device}/beside"}},
    {"TellWhatADayNeeds", {"get /api/v1/reception_days", "get /api/v1/reception_history"}}};

// And for what a speaker may ask about what is kept.
inline const std::map<std::string, std::set<std::string>> rights_tests{
    {"ShowCopyCorrectAndTakeBackByTheReceipt",
     {"get /api/v1/receipts/{number}/rights", "get /api/v1/receipts/{number}/copy",
      "put /api/v1/receipts/{number}/contact", "delete /api/v1/receipts/{number}/calls",
      "put /api/v1/receipts/{number}/publication", "delete /api/v1/receipts/{number}/publication",
      "post /api/v1/receipts/{number}/erasure"}}};

// And for the settings of a county.
inline const std::map<std::string, std::set<std::string>> settings_tests{
    {"AreChangedByWhoMayAndEveryChangeStandsInTheirLog",
     {"get /api/v1/admin/units", "post /api/v1/admin/units", "get /api/v1/admin/units/{id}",
      "put /api/v1/admin/units/{id}", "get /api/v1/admin/duties",
      "put /api/v1/admin/duties/{category}", "post /api/v1/admin/duties/{category}/removal",
      "get /api/v1/admin/categories", "put /api/v1/admin/categories/{category}",
      "get /api/v1/admin/dispatch_rules", "put /api/v1/admin/dispatch_rules/{rule}",
      "post /api/v1/admin/dispatch_rules/{rule}/dry_run",
      "get /api/v1/admin/dispatch_rules/{rule}/versions", "get /api/v1/admin/test_bench",
      "get /api/v1/admin/rule_book", "get /api/v1/admin/health", "get /api/v1/admin/setup",
      "get /api/v1/settings_log"}}};

inline const std::array all_tests{&desk_tests,    &class_tests,  &matter_tests,  &closeness_tests,
                                  &report_tests,  &visit_tests,  &plan_tests,    &reception_tests,
                                  &promise_tests, &rights_tests, &settings_tests};

inline std::set<std::string> operations_of_the_desk_test(const std::string& test) {
  for (const auto* tests : all_tests) {
    const auto found = tests->find(test);
    if (found != tests->end()) return found->second;
  }
  return {};
}
// "get /api/v1/find", of "get /api/v1/find 200".
inline std::string operation_of_answer(const std::string& answer) {
  return answer.substr(0, answer.rfind(' '));
}
inline bool left_to_the_desk(const std::string& answer) {
  for (const auto* tests : all_tests) {
    for (const auto& [test, operations] : *tests) {
      if (operations.contains(operation_of_answer(answer))) return true;
    }
  }
  return false;
}

// A world in which each test has brought about, when it is over, every answer that the contract
// names for the operations that are left to it.
template <class World>
class AnswersOfOneTest : public World {
 protected:
  void TearDown() override {
    const auto operations = operations_of_the_desk_test(
        ::testing::UnitTest::GetInstance()->current_test_info()->name());
    for (const std::string& answer : this->contract_.documented_answers()) {
      if (!operations.contains(operation_of_answer(answer))) continue;
      EXPECT_TRUE(this->answered_.contains(answer)) << "never brought about: " << answer;
    }
  }
};

}  // namespace minhu::web_api
