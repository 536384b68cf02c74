#include "features/accounts/permissions.h"

#include <algorithm>

namespace minhu::accounts {

namespace {

using enum Relation;
using R = Role;

constexpr Relation any_case = none;
constexpr Relation handling = lead_unit | co_unit;

// Administrators appear only where no word of a person is in sight. Handlers never call back (the
// one who did the work does not ask whether it was done well), auditors only read figures and the
// log.
constexpr PermissionRow table[] = {
    // everybody
    {"public", R::anyone, any_case},

    // the speaker, with the code of the receipt
    {"receipt:read", R::speaker, own_receipt},
    {"receipt:supplement", R::speaker, own_receipt},
    {"receipt:urge", R::speaker, own_receipt},
    {"receipt:withdraw", R::speaker, own_receipt},
    {"receipt:rate", R::speaker, own_receipt},
    {"receipt:review", R::speaker, own_receipt},
    {"receipt:revoke", R::speaker, own_receipt},
    {"receipt:correct", R::speaker, own_receipt},
    {"receipt:erase", R::speaker, own_receipt},

    // taking in
    {"case:receive", R::clerk, any_case},
    {"case:receive", R::dispatcher, any_case},
    {"case:receive", R::system, any_case},
    {"case:triage", R::clerk, dispatching_body},
    {"case:triage", R::dispatcher, dispatching_body},
    {"case:answer_on_spot", R::clerk, dispatching_body},
    {"case:answer_on_spot", R::dispatcher, dispatching_body},
    {"case:hold", R::clerk, dispatching_body},
    {"case:hold", R::dispatcher, dispatching_body},
    {"case:report_urgent", R::clerk, dispatching_body},
    {"case:report_urgent", R::dispatcher, dispatching_body},
    {"case:report_urgent", R::handler, handling},
    {"case:transcribe", R::clerk, dispatching_body},
    {"case:void", R::dispatcher, dispatching_body},

    // a reception: giving a tablet its numbers, bringing back what it took down (receptions); whose
    // tablet it is, features/receptions asks
    {"reception:record", R::clerk, any_case},
    {"reception:record", R::dispatcher, any_case},

    // sending
    {"case:route", R::dispatcher, dispatching_body},
    {"case:close_to_repeat", R::dispatcher, dispatching_body},
    {"case:refuse", R::dispatcher, dispatching_body},
    {"case:refuse", R::handler, lead_unit},
    {"case:refuse", R::unit_head, lead_unit},
    {"case:merge", R::dispatcher, dispatching_body},
    {"case:share", R::dispatcher, dispatching_body},
    {"case:share", R::handler, lead_unit},
    {"case:share", R::unit_head, lead_unit},

    // handling
    {"case:sign_in", R::handler, lead_unit},
    {"case:sign_in", R::unit_head, lead_unit},
    {"case:object", R::handler, lead_unit},
    {"case:object", R::unit_head, lead_unit},
    {"case:accept", R::handler, lead_unit},
    {"case:accept", R::unit_head, lead_unit},
    {"case:handle", R::handler, handling},
    {"case:handle", R::unit_head, handling},
    {"case:park", R::unit_head, lead_unit},
    {"case:approve_extension", R::unit_head, lead_unit},
    {"case:answer", R::handler, lead_unit},
    {"case:answer", R::unit_head, lead_unit},

    // asking whether it is solved, closing, opening again
    {"case:send_back", R::dispatcher, dispatching_body},
    {"case:callback", R::caller, dispatching_body},
    {"case:reveal_phone", R::caller, dispatching_body},
    {"case:ask_name", R::dispatcher, dispatching_body},
    {"case:ask_name", R::handler, lead_unit},
    {"case:ask_name", R::unit_head, lead_unit},
    {"case:grant_name", R::dispatcher, dispatching_body},
    {"case:reopen", R::dispatcher, dispatching_body},
    {"case:reopen", R::caller, dispatching_body},
    {"case:close", R::dispatcher, dispatching_body},
    {"case:close", R::system, any_case},
    {"case:consequence", R::system, any_case},
    {"case:review", R::handler, review_unit},
    {"case:review", R::unit_head, review_unit},

    // watching over it
    {"case:supervise", R::supervisor, any_case},
    {"workload:read", R::supervisor, any_case},
    {"workload:read", R::leader, any_case},
    {"case:recommend", R::supervisor, any_case},
    {"case:recommend", R::dispatcher, dispatching_body},
    {"case:answer_when_asked", R::dispatcher, asked_unit},
    {"case:answer_when_asked", R::handler, asked_unit},
    {"case:answer_when_asked", R::unit_head, asked_unit},
    {"case:note", R::clerk, dispatching_body},
    {"case:note", R::dispatcher, dispatching_body},
    {"case:note", R::caller, dispatching_body},
    {"case:note", R::handler, handling},
    {"case:note", R::unit_head, handling},
    {"case:note", R::supervisor, any_case},

    // staying out of what one has a stake in: whoever may read a case says so of themselves, and a
    // supervisor decides
    {"case:recuse_self", R::clerk, dispatching_body},
    {"case:recuse_self", R::dispatcher, dispatching_body | asked_unit},
    {"case:recuse_self", R::caller, dispatching_body},
    {"case:recuse_self", R::handler, handling | review_unit | asked_unit},
    {"case:recuse_self", R::unit_head, handling | review_unit | asked_unit},
    {"case:decide_recusal", R::supervisor, any_case},

    // reading a case: words, answers, notes — never who somebody is
    {"case:read", R::clerk, dispatching_body},
    {"case:read", R::dispatcher, dispatching_body | asked_unit},
    {"case:read", R::caller, dispatching_body},
    {"case:read", R::handler, handling | review_unit | asked_unit},
    {"case:read", R::unit_head, handling | review_unit | asked_unit},
    {"case:read", R::supervisor, any_case},
    {"queue:read", R::clerk, any_case},
    {"queue:read", R::dispatcher, any_case},
    {"queue:read", R::caller, any_case},
    {"queue:read", R::handler, any_case},
    {"queue:read", R::unit_head, any_case},

    // what a clerk may answer at once; of which unit an article is, features/knowledge asks
    {"article:read", R::clerk, any_case},
    {"article:read", R::dispatcher, any_case},
    {"article:read", R::caller, any_case},
    {"article:read", R::handler, any_case},
    {"article:read", R::unit_head, any_case},
    {"article:read", R::supervisor, any_case},
    {"article:write", R::dispatcher, any_case},
    {"article:write", R::handler, any_case},
    {"article:write", R::unit_head, any_case},

    // the library of texts: a unit's head writes the unit's, a dispatcher the county's
    {"text:read", R::clerk, any_case},
    {"text:read", R::dispatcher, any_case},
    {"text:read", R::caller, any_case},
    {"text:read", R::handler, any_case},
    {"text:read", R::unit_head, any_case},
    {"text:write", R::dispatcher, any_case},
    {"text:write", R::unit_head, any_case},

    // classes of matters: the body that sends proposes, a leader chooses, the head of the unit that
    // leads treats, a supervisor judges; whoever may read a case says of which class it is
    {"class:read", R::clerk, any_case},
    {"class:read", R::dispatcher, any_case},
    {"class:read", R::caller, any_case},
    {"class:read", R::handler, any_case},
    {"class:read", R::unit_head, any_case},
    {"class:read", R::leader, any_case},
    {"class:read", R::supervisor, any_case},
    {"class:read", R::auditor, any_case},
    {"class:propose", R::dispatcher, any_case},
    {"class:select", R::leader, any_case},
    {"class:treat", R::unit_head, lead_unit},
    {"class:report", R::unit_head, handling},
    {"class:measure", R::dispatcher, any_case},
    {"class:measure", R::supervisor, any_case},
    {"class:measure", R::system, any_case},
    {"class:verify", R::supervisor, any_case},
    {"class:ask", R::caller, any_case},
    {"class:ask", R::supervisor, any_case},
    {"class:describe", R::dispatcher, any_case},
    {"class:describe", R::unit_head, lead_unit},
    {"class:publish", R::leader, any_case},
    {"class:publish", R::supervisor, any_case},
    {"class:link", R::clerk, any_case},
    {"class:link", R::dispatcher, any_case},
    {"class:link", R::handler, any_case},
    {"class:link", R::unit_head, any_case},
    {"class:consequence", R::system, any_case},

    // visits of leaders: planned and announced by who holds them, signed off by another; on the day
    // the unit that holds one works its queue. Who booked is opened for a reason that is kept.
    {"visit:read", R::clerk, any_case},
    {"visit:read", R::dispatcher, any_case},
    {"visit:read", R::caller, any_case},
    {"visit:read", R::handler, any_case},
    {"visit:read", R::unit_head, any_case},
    {"visit:read", R::leader, any_case},
    {"visit:read", R::supervisor, any_case},
    {"visit:read", R::auditor, any_case},
    {"visit:plan", R::dispatcher, any_case},
    {"visit:plan", R::system, any_case},
    {"visit:publish", R::dispatcher, lead_unit},
    {"visit:publish", R::unit_head, lead_unit},
    {"visit:book", R::clerk, any_case},
    {"visit:book", R::dispatcher, any_case},
    {"visit:book", R::caller, any_case},
    {"visit:hold", R::clerk, lead_unit},
    {"visit:hold", R::dispatcher, lead_unit},
    {"visit:hold", R::unit_head, lead_unit},
    {"visit:contact", R::clerk, lead_unit},
    {"visit:contact", R::dispatcher, lead_unit},
    {"visit:close", R::leader, any_case},
    {"visit:close", R::supervisor, any_case},
    {"visit:calendar", R::leader, any_case},
    {"visit:calendar", R::dispatcher, any_case},
    {"visit:consequence", R::system, any_case},
    // where leaders go: who is visited does not draw the lot
    {"plan:read", R::dispatcher, any_case},
    {"plan:read", R::leader, any_case},
    {"plan:read", R::supervisor, any_case},
    {"plan:read", R::auditor, any_case},
    {"plan:make", R::dispatcher, any_case},
    {"plan:make", R::leader, any_case},
    {"plan:wish", R::dispatcher, any_case},
    {"plan:wish", R::leader, any_case},
    {"plan:accept", R::leader, any_case},
    {"plan:decide", R::leader, any_case},
    {"plan:draw", R::supervisor, any_case},
    {"plan:investigate", R::dispatcher, any_case},
    {"plan:investigate", R::leader, any_case},

    // promises: who takes in writes them down, a leader or a supervisor asks, the unit that carries
    // one out reports, a leader or a supervisor who did not says whether it was kept; the holder of
    // the post answers for it (features/promises asks who that is)
    // the posts and who holds them: public by law, so also for who sets them up
    {"post:read", R::clerk, any_case},
    {"post:read", R::dispatcher, any_case},
    {"post:read", R::caller, any_case},
    {"post:read", R::handler, any_case},
    {"post:read", R::unit_head, any_case},
    {"post:read", R::leader, any_case},
    {"post:read", R::supervisor, any_case},
    {"post:read", R::auditor, any_case},
    {"post:read", R::system_admin, any_case},
    {"promise:read", R::clerk, any_case},
    {"promise:read", R::dispatcher, any_case},
    {"promise:read", R::caller, any_case},
    {"promise:read", R::handler, lead_unit},
    {"promise:read", R::unit_head, lead_unit},
    {"promise:read", R::leader, any_case},
    {"promise:read", R::supervisor, any_case},
    {"promise:read", R::auditor, any_case},
    {"promise:make", R::clerk, any_case},
    {"promise:make", R::dispatcher, any_case},
    {"promise:make", R::leader, any_case},
    {"promise:ask", R::leader, any_case},
    {"promise:ask", R::supervisor, any_case},
    {"promise:carry_out", R::handler, lead_unit},
    {"promise:carry_out", R::unit_head, lead_unit},
    {"promise:verify", R::leader, any_case},
    {"promise:verify", R::supervisor, any_case},
    {"promise:answer_for", R::leader, any_case},
    {"promise:answer_for", R::unit_head, any_case},
    {"promise:call", R::caller, any_case},
    {"promise:publish", R::dispatcher, any_case},
    {"promise:publish", R::supervisor, any_case},

    // handing over a post: an office that is neither of the two freezes the list, the two sign
    {"relay:read", R::leader, any_case},
    {"relay:read", R::unit_head, any_case},
    {"relay:read", R::dispatcher, any_case},
    {"relay:read", R::supervisor, any_case},
    {"relay:read", R::auditor, any_case},
    {"relay:watch", R::dispatcher, any_case},
    {"relay:watch", R::supervisor, any_case},
    {"relay:watch", R::auditor, any_case},
    {"relay:freeze", R::dispatcher, any_case},
    {"relay:freeze", R::supervisor, any_case},
    {"relay:sign", R::leader, any_case},
    {"relay:sign", R::unit_head, any_case},
    {"relay:consequence", R::system, any_case},

    // figures and the house
    {"figures:read", R::leader, any_case},
    {"figures:read", R::supervisor, any_case},
    {"figures:read", R::auditor, any_case},
    {"figures:read", R::dispatcher, any_case},
    {"figures:read", R::unit_head, any_case},
    {"audit:read", R::auditor, any_case},
    {"audit:read", R::audit_admin, any_case},
    {"units:manage", R::system_admin, any_case},
    {"accounts:manage", R::security_admin, any_case},
    // who leads what: whoever makes accounts, and whoever keeps the register of ties
    {"leaders:keep", R::security_admin, any_case},
    {"leaders:keep", R::supervisor, any_case},
    {"health:read", R::system_admin, any_case},

    // reports of wrongdoing: of these roles, whom the security administrator named, each with a key
    // of their own (features/accusations). No administrator, no auditor, nobody by delegation.
    {"accusation:handle", R::handler, any_case},
    {"accusation:handle", R::unit_head, any_case},
    {"accusation:handle", R::supervisor, any_case},
    {"accusation_handlers:manage", R::security_admin, any_case},

    // one's own post, given to a colleague for a time. Not for administrators, leaders or auditors:
    // they have no desk that a colleague keeps.
    {"post:delegate", R::clerk, any_case},
    {"post:delegate", R::dispatcher, any_case},
    {"post:delegate", R::caller, any_case},
    {"post:delegate", R::handler, any_case},
    {"post:delegate", R::unit_head, any_case},

    // a session that still owes the second factor: to give it, or to leave
    {"session:finish", R::clerk, any_case},
    {"session:finish", R::dispatcher, any_case},
    {"session:finish", R::caller, any_case},
    {"session:finish", R::handler, any_case},
    {"session:finish", R::unit_head, any_case},
    {"session:finish", R::leader, any_case},
    {"session:finish", R::supervisor, any_case},
    {"session:finish", R::auditor, any_case},
    {"session:finish", R::system_admin, any_case},
    {"session:finish", R::security_admin, any_case},
    {"session:finish", R::audit_admin, any_case},

    // being signed in at all
    {"session:own", R::clerk, any_case},
    {"session:own", R::dispatcher, any_case},
    {"session:own", R::caller, any_case},
    {"session:own", R::handler, any_case},
    {"session:own", R::unit_head, any_case},
    {"session:own", R::leader, any_case},
    {"session:own", R::supervisor, any_case},
    {"session:own", R::auditor, any_case},
    {"session:own", R::system_admin, any_case},
    {"session:own", R::security_admin, any_case},
    {"session:own", R::audit_admin, any_case},
};

bool is_judgement(std::string_view permission) {
  return permission == "case:callback" || permission == "case:reveal_phone" ||
         permission == "class:measure" || permission == "class:verify" ||
         permission == "class:ask" || permission == "promise:verify" ||
         permission == "promise:call";
}

}  // namespace

std::span<const PermissionRow> permission_table() {
  return table;
}

bool is_permission(std::string_view permission) {
  return std::any_of(std::begin(table), std::end(table),
                     [&](const PermissionRow& row) { return row.permission == permission; });
}

std::vector<std::string_view> permissions_of(Role role) {
  std::vector<std::string_view> found;
  for (const PermissionRow& row : table) {
    if (row.role != role) continue;
    if (std::find(found.begin(), found.end(), row.permission) == found.end()) {
      found.push_back(row.permission);
    }
  }
  return found;
}

Decision decide(const Principal& actor, std::string_view permission, Relation relation, Held held) {
  // What is open to everybody is open to whoever is signed in, too.
  if (permission == "public") return {true, "open to everybody", &table[0]};
  if (held == Held::yes && actor.role != Role::speaker) {
    return {false, "the case is held: closed to everybody until the seal opens it", nullptr};
  }
  bool known_role = false;
  for (const PermissionRow& row : table) {
    if (row.role != actor.role || row.permission != permission) continue;
    known_role = true;
    if (row.needs == none || overlaps(row.needs, relation)) {
      // Whoever handled a case never asks whether it was solved, whoever treats a class never says
      // whether that helped; even when one unit is both (INV-33).
      if (is_judgement(permission) && overlaps(relation, handling)) {
        return {false, "the unit that did it does not judge it", nullptr};
      }
      return {true, "a line of the table", &row};
    }
  }
  return {
      false,
      known_role ? "the role may, but not with this case" : "no line of the table names this role",
      nullptr};
}

}  // namespace minhu::accounts
