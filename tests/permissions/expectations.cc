#include "expectations.h"

#include <algorithm>

namespace minhu::permission_matrix {

namespace {

// Groups, so that a line below reads like the rule it is.
#define OFFICIALS_HERE                                                                       \
  "clerk dispatcher caller handler head helper reviewer accused_handler accused_head "       \
  "above_accused below_accused accused_dispatcher stranger stranger_head hotline_clerk "     \
  "hotline_dispatcher hotline_caller supervisor leader auditor system_admin security_admin " \
  "audit_admin"
#define OFFICIALS_THERE "foreign_clerk foreign_dispatcher foreign_supervisor"
#define OFFICIALS OFFICIALS_HERE " " OFFICIALS_THERE
#define TAKING_IN "clerk dispatcher caller"
#define TAKING_IN_HOTLINE "hotline_clerk hotline_dispatcher hotline_caller"
#define HANDLING "handler head helper"
// Who has a desk with a queue: roles that take in, handle or head, whatever their unit.
#define DESKS_THAT_SEND "dispatcher hotline_dispatcher accused_dispatcher foreign_dispatcher"
#define DESKS_THAT_HANDLE                                                             \
  "handler helper reviewer accused_handler below_accused stranger head accused_head " \
  "above_accused stranger_head"
#define DESKS \
  DESKS_THAT_SEND " " DESKS_THAT_HANDLE " clerk caller hotline_clerk hotline_caller foreign_clerk"
#define DISPATCHERS_HERE "dispatcher hotline_dispatcher accused_dispatcher"
#define DESKS_HERE \
  DISPATCHERS_HERE " " DESKS_THAT_HANDLE " clerk caller hotline_clerk hotline_caller"
// Whose matter waits for an office, and may be urged or withdrawn.
#define WAITING "new assigned merged review hotline"
#define OWN "new assigned answered closed erased merged review hotline"
#define OWN_HELD OWN " held held_later"

// clang-format off
constexpr Right table[] = {
    {"public", "*", "*"},
    {"official", OFFICIALS, "*"},

    // ---- the speaker: their own case in every state, also held; with its code and with nothing else
    {"own case", "speaker", OWN_HELD},
    {"own case by form", "speaker", OWN},           // a held case opens in the answer itself: 200
    {"own page", "speaker", OWN},                   // a held case has no cookie to come back with
    {"own attachment", "speaker", "new assigned answered closed merged review hotline held held_later"},
    {"own attachment by page", "speaker", "new assigned answered closed merged review hotline"},
    {"own supplement", "speaker", "new assigned answered merged review hotline held held_later"},
    {"own supplement by page", "speaker", "new assigned answered merged review hotline"},
    {"own urging", "speaker", WAITING},
    {"own urging by page", "speaker", WAITING},
    {"own withdrawal", "speaker", WAITING " held held_later"},
    {"own rating", "speaker", "answered closed"},
    {"own rating by page", "speaker", "answered closed"},
    {"own review", "speaker", "answered"},
    {"own review by page", "speaker", "answered"},
    {"own recheck", "speaker", ""},                 // of a review's answer; there is none yet
    {"own consent", "speaker", OWN_HELD},
    {"own code", "speaker", OWN_HELD},
    {"own activation", "speaker", "counter"},       // once, with the code that a clerk handed over

    // ---- reading a case: who took it in, who has it, who watches; nobody who is complained of
    {"case", TAKING_IN " supervisor", "new assigned answered closed erased merged review counter mine spare spare_page spare_answered spare_consent"},
    {"case", HANDLING, "assigned answered closed erased merged review spare_answered spare_consent"},
    {"case", "reviewer", "review"},
    {"case", TAKING_IN_HOTLINE " supervisor", "hotline"},
    // Working on it: the case itself, not one that was merged into it.
    {"case work", TAKING_IN " supervisor", "new assigned answered closed erased merged review"},
    {"case work", HANDLING, "assigned answered closed erased review"},
    {"case work", "reviewer", "review"},
    {"case work", TAKING_IN_HOTLINE " supervisor", "hotline"},
    {"case writing", TAKING_IN " supervisor", "new assigned answered closed merged review"},
    {"case writing", HANDLING, "assigned answered closed review"},
    {"case writing", "reviewer", "review"},
    {"case writing", TAKING_IN_HOTLINE " supervisor", "hotline"},
    {"attachment", TAKING_IN " supervisor", "new assigned answered closed merged review"},
    {"attachment", HANDLING, "assigned answered closed merged review"},
    {"attachment", "reviewer", "review"},
    {"attachment", TAKING_IN_HOTLINE " supervisor", "hotline"},
    {"evidence", TAKING_IN " " HANDLING " supervisor", "answered closed review"},
    {"evidence", "reviewer", "review"},
    {"paper", TAKING_IN " " HANDLING " supervisor", "answered closed review"},
    {"paper", "reviewer", "review"},
    {"queue", DESKS, "*"},
    {"figures", "leader auditor supervisor foreign_supervisor head accused_head above_accused stranger_head " DESKS_THAT_SEND, "*"},
    {"supervise", "supervisor foreign_supervisor", "*"},
    {"workload", "supervisor leader foreign_supervisor", "*"},
    {"callbacks", "caller hotline_caller", "*"},
    {"own still", "speaker", ""},  // months after the answer; none here is that old

    // ---- the house: three administrators, and no two of them share a door
    {"house", "system_admin", "*"},
    {"accounts", "security_admin", "*"},
    {"audit", "audit_admin auditor", "*"},
    // no administrator, no auditor, no leader; and whoever sends cases handles no report
    {"seal handling", DESKS_THAT_HANDLE " supervisor foreign_supervisor", "*"},
    {"seal naming", "security_admin", "*"},
    {"delegate", DESKS, "*"},
    {"recusal", "supervisor foreign_supervisor", "*"},
    {"leaders register", "security_admin supervisor foreign_supervisor", "*"},
    {"agreements", DESKS_THAT_SEND, "*"},  // to see a name; of what they may agree to
    {"bulk", DESKS_THAT_HANDLE, "*"},
    {"similar", DESKS " supervisor foreign_supervisor", "*"},  // of what they may know
    {"text read", DESKS, "*"},
    {"text write", DESKS_THAT_SEND " head accused_head above_accused stranger_head", "*"},
    {"article read", DESKS " supervisor foreign_supervisor", "*"},
    {"article write", DESKS_THAT_SEND " " DESKS_THAT_HANDLE, "*"},

    {"case sort", "clerk dispatcher", "new assigned answered closed erased merged review counter mine spare spare_page spare_answered spare_consent"},
    {"case sort", "hotline_clerk hotline_dispatcher", "hotline"},

    // ---- plans of visits: who is visited does not draw
    {"plans", DESKS_THAT_SEND " leader supervisor auditor foreign_supervisor", "*"},
    {"plan making", DESKS_THAT_SEND " leader", "*"},
    {"plan accepting", "leader", "*"},
    {"plan drawing", "supervisor foreign_supervisor", "*"},
    // ---- visits of leaders: the petition office holds the one that is tried
    {"visits", DESKS " leader supervisor auditor foreign_supervisor", "*"},
    {"visit", DESKS_HERE " leader supervisor auditor", "*"},
    {"visit planning", DESKS_THAT_SEND, "*"},
    {"visit revised", DISPATCHERS_HERE, "*"},
    {"visit published", "dispatcher", "*"},
    {"visit held", "clerk dispatcher", "*"},
    {"visit closed", "leader supervisor", "*"},
    // Refused for their form before anybody asks which visit it is: by role alone.
    {"visit booking", DESKS_THAT_SEND " clerk caller hotline_clerk hotline_caller foreign_clerk", "*"},
    {"visit queue", DESKS_THAT_SEND " clerk hotline_clerk foreign_clerk head accused_head above_accused stranger_head", "*"},
    {"visit contact", DESKS_THAT_SEND " clerk hotline_clerk foreign_clerk", "*"},
    {"visit calendars", DESKS_THAT_SEND " leader", "*"},
    // ---- receptions: whoever takes in, at tablets of their own unit
    {"reception", "clerk dispatcher hotline_clerk hotline_dispatcher accused_dispatcher foreign_clerk foreign_dispatcher", "*"},

    // ---- classes of matters: nobody of another county hears of one
    {"classes", DESKS " leader supervisor auditor foreign_supervisor", "*"},
    {"class", DESKS_HERE " leader supervisor auditor", "*"},
    {"class proposing", DESKS_THAT_SEND, "*"},
    {"class proposed", DISPATCHERS_HERE, "*"},
    {"class selected", "leader", "*"},
    {"class measured", DISPATCHERS_HERE " supervisor", "*"},
    {"class verified", "supervisor", "*"},
    {"class published", "leader supervisor", "*"},
    {"class link", "clerk dispatcher", "new assigned answered closed erased merged review counter mine spare spare_page spare_answered spare_consent"},
    {"class link", HANDLING, "assigned answered closed erased merged review spare_answered spare_consent"},
    {"class link", "reviewer", "review"},
    {"class link", "hotline_clerk hotline_dispatcher", "hotline"},
    {"class ask", "caller supervisor", "new assigned answered closed erased merged review counter mine spare spare_page spare_answered spare_consent"},
    {"class ask", "hotline_caller supervisor", "hotline"},

    // ---- promises, and the handing over of posts
    {"promises", DESKS " leader supervisor auditor foreign_supervisor", "*"},
    {"posts", DESKS " leader supervisor auditor foreign_supervisor system_admin", "*"},
    {"promise verified", "leader supervisor foreign_supervisor", "*"},
    {"promise made", DESKS_THAT_SEND " clerk hotline_clerk foreign_clerk leader", "*"},
    {"promise carried out", DESKS_THAT_HANDLE, "*"},
    {"relays", DESKS_THAT_SEND " head accused_head above_accused stranger_head leader supervisor auditor foreign_supervisor", "*"},
    {"relay frozen", DESKS_THAT_SEND " supervisor foreign_supervisor", "*"},
    {"relay signed", "head accused_head above_accused stranger_head leader", "*"},

    // ---- who somebody is: to be phoned about an answer, if they asked for it, by those who do not handle
    {"phone", "caller", "answered"},
    // … and by two persons together, one of whom sends: nothing of it says who somebody is
    {"ask name", "dispatcher", "new assigned answered closed merged review"},
    {"ask name", "hotline_dispatcher", "hotline"},
    {"grant name", "dispatcher", "new assigned answered closed merged review"},
    {"grant name", "hotline_dispatcher", "hotline"},
    {"look at name", "dispatcher", "new assigned answered closed merged review"},
    {"look at name", "hotline_dispatcher", "hotline"},

    // ---- taking in
    {"receive", "clerk dispatcher hotline_clerk hotline_dispatcher accused_dispatcher foreign_clerk foreign_dispatcher", "*"},
    {"step triaged", "clerk dispatcher", "new"},
    {"step triaged", "hotline_clerk hotline_dispatcher", "hotline"},
    {"step answered_on_spot", "clerk dispatcher", "new"},
    {"step answered_on_spot", "hotline_clerk hotline_dispatcher", "hotline"},
    {"step sent_to_emergency", "clerk dispatcher", "new"},
    {"step sent_to_emergency", "hotline_clerk hotline_dispatcher", "hotline"},
    {"step held", "clerk dispatcher", "new assigned answered merged review"},
    {"step held", "hotline_clerk hotline_dispatcher", "hotline"},
    {"step transcribed", "clerk", "new assigned answered merged review"},
    {"step transcribed", "hotline_clerk", "hotline"},
    {"step urgent_reported", "clerk dispatcher", "new assigned answered merged review"},
    {"step urgent_reported", "handler helper", "assigned answered review"},
    {"step urgent_reported", "hotline_clerk hotline_dispatcher", "hotline"},
    {"step voided", "dispatcher", "new"},
    {"step voided", "hotline_dispatcher", "hotline"},

    // ---- sending: the dispatcher of the body that took it in, and nobody else
    {"step transferred", "dispatcher", "new"},
    {"step assigned", "dispatcher", "new"},
    {"step dispatched", "hotline_dispatcher", "hotline"},
    {"step sent_to_legal_road", "dispatcher", "new"},
    {"step sent_to_legal_road", "hotline_dispatcher", "hotline"},
    {"step not_accepted", "dispatcher", "new"},
    {"step not_accepted", "hotline_dispatcher", "hotline"},
    {"step closed_to_repeat", "dispatcher", "new"},
    {"step merged", "dispatcher", "new assigned"},
    {"step merged", "hotline_dispatcher", "hotline"},
    {"step taken_back", "dispatcher", "assigned merged"},
    {"step co_handler_added", "dispatcher handler head", "assigned"},

    // ---- handling
    {"step progress_told", HANDLING, "assigned"},
    {"step hearing_opened", HANDLING, "assigned"},
    {"step mediation_started", HANDLING, "assigned"},
    {"step extension_requested", HANDLING, "assigned"},
    {"step extended", "head", "assigned"},
    {"step extension_refused", "head", "assigned"},
    {"step parked", "head", "assigned"},
    {"step feedback_given", HANDLING, "assigned answered review"},
    {"step answered", "handler head", "assigned"},

    // ---- asking whether it is solved
    {"step sent_back", "dispatcher", "answered"},
    {"step callback_attempted", "caller", "answered closed"},  // closed: is it still solved?
    {"step still_solved_called", "caller", "answered closed"},
    {"step reopening_declined", "caller dispatcher", "answered closed"},
    {"step callback_done", "caller", "answered"},
    {"step reopened", "caller dispatcher", "answered closed"},
    {"step closed", "dispatcher", "answered"},
    {"step review_answered", "reviewer", "review"},

    // ---- watching over it, and writing down what colleagues need to know
    {"step reminded", "supervisor", "assigned review"},
    {"step supervised", "supervisor", "new assigned answered closed merged review hotline"},
    {"step recommended", "supervisor dispatcher", "new assigned answered closed merged review"},
    {"step recommended", "supervisor hotline_dispatcher", "hotline"},
    // whoever may read it says of themselves that they have a stake; a supervisor decides
    {"step recusal_asked", TAKING_IN, "new assigned answered closed merged review"},
    {"step recusal_asked", HANDLING, "assigned answered closed review"},
    {"step recusal_asked", "reviewer", "review"},
    {"step recusal_asked", TAKING_IN_HOTLINE, "hotline"},
    {"step recused", "supervisor", "new assigned answered closed merged review hotline"},
    {"step recusal_declined", "supervisor", "new assigned answered closed merged review hotline"},
    {"step noted", TAKING_IN " supervisor", "new assigned answered closed merged review"},
    {"step noted", HANDLING, "assigned answered closed review"},
    {"step noted", TAKING_IN_HOTLINE " supervisor", "hotline"},
};
// clang-format on

}  // namespace

std::span<const Right> rights() {
  return table;
}

std::set<std::string> split(std::string_view text) {
  std::set<std::string> all;
  while (!text.empty()) {
    const auto end = std::min(text.find(' '), text.size());
    if (end > 0) all.emplace(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return all;
}

bool expected(std::string_view right, std::string_view person, std::string_view state) {
  const auto names = [](std::string_view list, std::string_view one) {
    return list == "*" || split(list).contains(std::string(one));
  };
  return std::any_of(std::begin(table), std::end(table), [&](const Right& row) {
    return row.right == right && names(row.people, person) && names(row.states, state);
  });
}

bool knows_of(std::string_view person, std::string_view state) {
  return expected("case", person, state) || expected("own case", person, state);
}

}  // namespace minhu::permission_matrix
