// The words of a case: its states, the kinds of its events, and the few closed lists that events
// speak in. Every value has one stable name, stored in rows and shown in the API; a retired value
// keeps its name for ever.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "kernel/ids.h"

namespace minhu::cases {

using CaseId = Id<struct CaseTag>;
using ContentId = Id<struct ContentTag>;

// Which rules a case follows (domain: five roads of one machine; an edge names the tracks it is
// open to).
enum class Track : std::uint8_t { petition, hotline, suggestion, accusation, open311 };

// How the words came in.
enum class Channel : std::uint8_t {
  web,
  phone,
  face_to_face,
  letter,
  fax,
  visit,
  survey,
  import,
  api,
  open311,
  from_superior,
  leader_note,
};

enum class State : std::uint8_t {
  registered,  // kept and receipted; nobody has looked yet
  triaged,     // kind, category and place are settled
  held,        // an accusation: unlisted and undispatchable until the seal opens it
  dispatched,  // with a unit that has not signed in
  objected,    // the unit says it is another's; the dispatching body decides
  signed_in,   // the unit has it
  accepted,    // the unit has told the speaker that it deals with it
  in_hearing,
  in_mediation,
  parked,       // cannot be done now: a public plan and a date of review
  answered,     // the written answer has been served
  called_back,  // the dispatching body has asked the speaker
  closed,
  review_requested,
  reviewed,
  recheck_requested,
  rechecked,
  concluded,
  answered_on_spot,
  to_emergency,
  to_legal_road,
  not_accepted,
  closed_to_repeat,
  merged,  // goes on inside another case; keeps receipt, clock and answer of its own
  withdrawn,
  voided,  // entered in error; never deleted
};

enum class EventKind : std::uint8_t {
  received,
  triaged,
  answered_on_spot,
  sent_to_emergency,
  sent_to_legal_road,
  not_accepted,
  closed_to_repeat,
  merged,
  held,
  transferred,
  assigned,
  dispatched,
  signed_in,
  objected,
  objection_upheld,
  objection_refused,
  escalated_to_joint_conference,
  accepted,
  noticed,
  co_handler_added,
  hearing_opened,
  hearing_held,
  mediation_started,
  mediation_ended,
  settled,
  parked,
  unparked,
  extension_requested,
  extended,
  extension_refused,
  feedback_given,
  progress_told,
  taken_back,  // the dispatching body has it again: from a unit, or because its lead case is gone
  answered,
  sent_back,
  callback_attempted,
  callback_done,
  rated,
  reopened,
  closed,
  review_requested,
  review_answered,
  recheck_requested,
  recheck_answered,
  concluded,
  withdrawn,
  voided,
  supplemented,
  urged,
  urgent_reported,
  supervised,
  supervision_answered,
  recommended,
  recommendation_answered,
  noted,
  clock_recomputed,
  receipt_activated,
  receipt_revoked,
  identity_revealed,
  transcribed,
  erased,
  // New kinds stand at the end: a name, once stored, keeps its place.
  still_solved_asked,       // by the program, 28 or 90 days after "solved"
  still_solved_told,        // the speaker's own answer
  still_solved_called,      // what the dispatching body learnt on the phone
  still_solved_unanswered,  // nobody answered in time: a value of its own
  reopening_declined,       // the speaker asks again, the dispatching body finds no ground
  reminded,                 // a supervisor asks the unit to get on; owes no answer
  name_asked_for,           // an official asks to see who the speaker is, and says why
  name_granted,             // another official of the body that dispatches agrees
  name_refused,             // … or does not
  identity_raised,          // the speaker says more of who they are; never less
  kept_away,                // a part was taken from a unit that must not have it (closure.h)
  handed_up,         // the body that had it is itself complained of: the level above has it now
  recusal_asked,     // an official has a stake in it, by their own word or found by the program
  recused,           // a supervisor: they stay out of it
  recusal_declined,  // a supervisor: they have none
  sealed_step,       // of an accusation under seal; the fact `what` says which
};

// How much of who they are the speaker lets us keep. Only the speaker moves it, and only upward.
enum class IdentityLevel : std::uint8_t {
  anonymous,     // nothing is kept, nobody can be told or phoned
  confidential,  // kept sealed: for messages, and for the body that dispatches if two persons agree
  named,         // the unit that handles it may ask, too
};

// What an answer says (domain: T13, and §11: an honest "cannot now" is an outcome of its own).
enum class AnswerOutcome : std::uint8_t {
  supported,
  partly_supported,
  explained,
  not_supported,
  adopted,
  partly_adopted,
  not_adopted
};

enum class Solved : std::uint8_t { yes, partly, no };
enum class Satisfaction : std::uint8_t { satisfied, mostly, dissatisfied };

// How urgent the body that takes it in says it is; packs give each its clock (danger: 2 h,
// utilities: 24 h, …).
enum class Urgency : std::uint8_t { ordinary, danger_to_life, utilities_cut, complex };

std::string_view name(Track) noexcept;
std::string_view name(Channel) noexcept;
std::string_view name(State) noexcept;
std::string_view name(EventKind) noexcept;
std::string_view name(AnswerOutcome) noexcept;
std::string_view name(Solved) noexcept;
std::string_view name(Satisfaction) noexcept;
std::string_view name(Urgency) noexcept;
std::string_view name(IdentityLevel) noexcept;

// The value of that name, or nothing.
template <class Enum>
std::optional<Enum> named(std::string_view text) noexcept;

}  // namespace minhu::cases
