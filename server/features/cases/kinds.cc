#include "features/cases/kinds.h"

#include "kernel/enum_names.h"

namespace minhu::cases {

template <class Enum>
std::optional<Enum> named(std::string_view text) noexcept {
  return names_of(Enum{}).named(text);
}

MINHU_ENUM_NAMES_BOTH_WAYS(Track, open311, "petition", "hotline", "suggestion", "accusation",
                           "open311")
MINHU_ENUM_NAMES_BOTH_WAYS(Channel, leader_note, "web", "phone", "face_to_face", "letter", "fax",
                           "visit", "survey", "import", "api", "open311", "from_superior",
                           "leader_note")
MINHU_ENUM_NAMES_BOTH_WAYS(State, voided, "registered", "triaged", "held", "dispatched", "objected",
                           "signed_in", "accepted", "in_hearing", "in_mediation", "parked",
                           "answered", "called_back", "closed", "review_requested", "reviewed",
                           "recheck_requested", "rechecked", "concluded", "answered_on_spot",
                           "to_emergency", "to_legal_road", "not_accepted", "closed_to_repeat",
                           "merged", "withdrawn", "voided")
MINHU_ENUM_NAMES_BOTH_WAYS(
    EventKind, contact_changed, "received", "triaged", "answered_on_spot", "sent_to_emergency",
    "sent_to_legal_road", "not_accepted", "closed_to_repeat", "merged", "held", "transferred",
    "assigned", "dispatched", "signed_in", "objected", "objection_upheld", "objection_refused",
    "escalated_to_joint_conference", "accepted", "noticed", "co_handler_added", "hearing_opened",
    "hearing_held", "mediation_started", "mediation_ended", "settled", "parked", "unparked",
    "extension_requested", "extended", "extension_refused", "feedback_given", "progress_told",
    "taken_back", "answered", "sent_back", "callback_attempted", "callback_done", "rated",
    "reopened", "closed", "review_requested", "review_answered", "recheck_requested",
    "recheck_answered", "concluded", "withdrawn", "voided", "supplemented", "urged",
    "urgent_reported", "supervised", "supervision_answered", "recommended",
    "recommendation_answered", "noted", "clock_recomputed", "receipt_activated", "receipt_revoked",
    "identity_revealed", "transcribed", "erased", "still_solved_asked", "still_solved_told",
    "still_solved_called", "still_solved_unanswered", "reopening_declined", "reminded",
    "name_asked_for", "name_granted", "name_refused", "identity_raised", "kept_away", "handed_up",
    "recusal_asked", "recused", "recusal_declined", "sealed_step", "contact_changed")
MINHU_ENUM_NAMES_BOTH_WAYS(AnswerOutcome, not_adopted, "supported", "partly_supported", "explained",
                           "not_supported", "adopted", "partly_adopted", "not_adopted")
MINHU_ENUM_NAMES_BOTH_WAYS(Solved, no, "yes", "partly", "no")
MINHU_ENUM_NAMES_BOTH_WAYS(Satisfaction, dissatisfied, "satisfied", "mostly", "dissatisfied")
MINHU_ENUM_NAMES_BOTH_WAYS(Urgency, complex, "ordinary", "danger_to_life", "utilities_cut",
                           "complex")
MINHU_ENUM_NAMES_BOTH_WAYS(IdentityLevel, named, "anonymous", "confidential", "named")

bool is_stateless(EventKind kind) noexcept {
  switch (kind) {
    case EventKind::clock_recomputed:
    case EventKind::receipt_activated:
    case EventKind::receipt_revoked:
    case EventKind::identity_revealed:
    case EventKind::erased:
    case EventKind::name_asked_for:
    case EventKind::name_granted:
    case EventKind::name_refused:
    case EventKind::identity_raised:
    case EventKind::kept_away:
    case EventKind::handed_up:
    case EventKind::recusal_asked:
    case EventKind::sealed_step:
    case EventKind::contact_changed:
      return true;
    default:
      return false;
  }
}

}  // namespace minhu::cases
