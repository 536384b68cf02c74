#include "people.h"

namespace minhu::permission_matrix {

namespace {

using enum Holds;

// The case is taken in by the petition office, handled by housing with the help of water, reviewed
// by the government, and complains of the town: district stands above the town, village below it.
constexpr Person all[] = {
    {"anonymous", nothing, "", "", "whoever comes in from the street"},
    {"speaker", own_code, "", "", "the speaker, with the code of this case"},
    {"other_speaker", another_code, "", "", "a speaker, with the code of another case"},
    {"other_receipt", another_case, "", "", "a speaker who has opened another case"},

    {"clerk", session, "clerk", "petition", "reception desk of the body that took it in"},
    {"dispatcher", session, "dispatcher", "petition", "dispatcher of the body that took it in"},
    {"caller", session, "caller", "petition", "callback desk of the body that took it in"},
    {"handler", session, "handler", "housing", "handler of the unit that has it"},
    {"head", session, "unit_head", "housing", "head of the unit that has it"},
    {"helper", session, "handler", "water", "handler of a unit that helps"},
    {"reviewer", session, "handler", "government", "handler of the unit that reviews"},

    {"accused_handler", session, "handler", "town", "handler of the unit complained of"},
    {"accused_head", session, "unit_head", "town", "head of the unit complained of"},
    {"above_accused", session, "unit_head", "district",
     "head of the unit above the one complained of"},
    {"below_accused", session, "handler", "village",
     "handler below the unit complained of, asked about it before"},
    {"accused_dispatcher", session, "dispatcher", "town",
     "dispatcher sitting in the unit complained of"},

    {"stranger", session, "handler", "forestry",
     "handler of a unit that has nothing to do with it"},
    {"stranger_head", session, "unit_head", "forestry",
     "head of a unit that has nothing to do with it"},
    {"hotline_clerk", session, "clerk", "hotline",
     "reception desk of the other body that takes in"},
    {"hotline_dispatcher", session, "dispatcher", "hotline",
     "dispatcher of the other body that takes in"},
    {"hotline_caller", session, "caller", "hotline",
     "callback desk of the other body that takes in"},

    {"supervisor", session, "supervisor", "inspection", "supervision office"},
    {"leader", session, "leader", "government", "leader of the county"},
    {"auditor", session, "auditor", "inspection", "auditor"},
    {"system_admin", session, "system_admin", "service", "system administrator"},
    {"security_admin", session, "security_admin", "service", "security administrator"},
    {"audit_admin", session, "audit_admin", "service", "audit administrator"},

    {"foreign_clerk", foreign_session, "clerk", "petition", "reception desk of another county"},
    {"foreign_dispatcher", foreign_session, "dispatcher", "petition",
     "dispatcher of another county"},
    {"foreign_supervisor", foreign_session, "supervisor", "inspection",
     "supervision office of another county"},
};

}  // namespace

std::span<const Person> people() {
  return all;
}

}  // namespace minhu::permission_matrix
