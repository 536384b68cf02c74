// Every step of an office (cases/edges.cc), asked of the API one by one. The right is "step KIND".
#pragma once

#include "doors.h"

namespace minhu::permission_matrix {

using enum Verb;

struct Step {
  std::string_view kind;
  std::string_view objects;
  Verb verb;
};
// clang-format off
inline constexpr Step steps[] = {
    {"triaged", "case", change}, {"answered_on_spot", "answer", create}, {"sent_to_emergency", "case", change},
    {"sent_to_legal_road", "case", change}, {"not_accepted", "answer", create}, {"closed_to_repeat", "case", change},
    {"merged", "case", change}, {"held", "case sealed", change}, {"transferred", "case", change},
    {"assigned", "case", change}, {"dispatched", "case", change}, {"signed_in", "event", create},
    {"objected", "event", create}, {"objection_upheld", "case", change}, {"objection_refused", "case", change},
    {"escalated_to_joint_conference", "event", create}, {"accepted", "event", create}, {"noticed", "event", create},
    {"co_handler_added", "case", change}, {"hearing_opened", "event", create}, {"hearing_held", "event", create},
    {"mediation_started", "event", create}, {"mediation_ended", "event", create}, {"settled", "event", create},
    {"parked", "case", change}, {"unparked", "case", change}, {"extension_requested", "event", create},
    {"extended", "case", change}, {"extension_refused", "event", create}, {"feedback_given", "event", create},
    {"progress_told", "event", create}, {"taken_back", "case", change}, {"answered", "answer", create},
    {"sent_back", "answer", change}, {"callback_attempted", "event", create}, {"callback_done", "rating", create},
    {"reopened", "case", change}, {"closed", "case", change}, {"review_answered", "answer", change},
    {"recheck_answered", "answer", change}, {"concluded", "case", change}, {"voided", "case", change},
    {"urgent_reported", "event", create}, {"supervised", "event", create}, {"supervision_answered", "event", create},
    {"recommended", "event", create}, {"recommendation_answered", "event", create}, {"noted", "event", create},
    {"transcribed", "event", create}, {"still_solved_called", "rating", create}, {"reopening_declined", "case", change},
    {"reminded", "event", create}, {"recusal_asked", "event", create}, {"recused", "event", create},
    {"recusal_declined", "event", create},
    // A speaker's own, which no office may take for them.
    {"rated", "rating", create}, {"withdrawn", "case", change}, {"supplemented", "event", create},
    {"urged", "event", create}, {"review_requested", "case", change}, {"recheck_requested", "case", change},
    {"still_solved_told", "rating", create},
    // The program's own.
    {"still_solved_asked", "event", create}, {"still_solved_unanswered", "event", create}, {"received", "case", create},
    {"erased", "case", change}, {"identity_revealed", "identity", read}, {"clock_recomputed", "event", create},
    {"name_asked_for", "identity", change}, {"name_granted", "identity", change}, {"name_refused", "identity", change},
    {"identity_raised", "identity", change}, {"receipt_activated", "case", change}, {"receipt_revoked", "case", change},
    {"sealed_step", "sealed", change}, {"kept_away", "case", change}, {"handed_up", "case", change},
};
// clang-format on

}  // namespace minhu::permission_matrix
