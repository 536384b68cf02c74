// The row of today: what a case is now, derived from its events and nothing else. Pure: no storage,
// no clock.
//
// `apply` is used in the transaction that appends an event and again when everything is rebuilt
// from the events, so the two can only differ when a row was changed outside the program. It keeps
// no word of a person, only content ids.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "features/cases/event.h"

namespace minhu::cases {

struct RunningClock {
  std::string rule;
  std::string pack;
  std::string calendar;
  Instant started;
  Instant due;
  std::optional<Instant> paused_at;
  std::optional<Instant> met_at;  // met or stopped: nothing more to wait for
  bool provisional = false;
  bool citizen = false;
  UnitId unit;                // whose it is, where a rule gives each unit its own
  std::int64_t amount = 0;    // the term, where a fact said how long; 0: the rule's own
  std::int64_t extended = 0;  // what extensions gave and pauses took, in the rule's unit
  std::int64_t paused = 0;
  bool tightened = false;  // moved to the earlier date of a case that was merged into this one
  bool operator==(const RunningClock&) const = default;
  bool runs() const { return !met_at && !paused_at; }
};

// A unit that was asked to help and has done nothing yet.
struct SilentUnit {
  UnitId unit;
  Instant since;
  bool operator==(const SilentUnit&) const = default;
};

struct CaseFile {
  CaseId id;
  std::string number;
  Track track = Track::petition;
  Channel channel = Channel::web;
  State state = State::registered;
  std::int64_t seq = -1;  // of the last event: what an office must name to change the case
  Instant received_at;    // happened_at of `received`
  Instant registered_at;  // recorded_at of it
  Instant changed_at;     // recorded_at of the last event

  std::string place;     // code, empty when the speaker named none
  std::string category;  // "scheme:code", empty until triaged
  Urgency urgency = Urgency::ordinary;

  UnitId dispatching_unit;  // took it in and sends it on; it, never the handler, calls back
  UnitId first_unit;        // first-receiving unit, stays responsible to coordinate
  UnitId lead_unit;         // has it now (or answered it)
  UnitId review_unit;
  std::vector<UnitId> co_units;
  // Whom it accuses, in order of id; nothing of it reaches their closure (closure.h).
  std::vector<UnitId> complained_of;
  std::vector<accounts::AccountId> accused_people;
  std::vector<accounts::AccountId> recused;         // may not open it
  std::vector<accounts::AccountId> recusals_asked;  // of these: nobody has decided yet
  std::vector<UnitId> supervised_units;             // owe an answer to a supervision order
  std::vector<UnitId> recommended_units;            // … to a recommendation
  bool designated = false;        // sent by decision after an objection: may not be returned again
  bool hearing_open = false;      // a hearing of the recheck, whose time is not counted
  bool joint_conference = false;  // returned three times: the joint conference says whose it is

  std::optional<AnswerOutcome> outcome;
  std::optional<Instant> answered_at;
  std::optional<Solved> solved;
  std::optional<Satisfaction> satisfaction;
  std::optional<Instant> rated_at;
  std::optional<Instant> closed_at;
  bool settled = false;         // both sides agreed since it was last taken up
  bool review_changed = false;  // the review did not uphold the answer: to be handled again
  CaseId merged_into;
  CaseId retaliation_for;  // somebody is made to pay for having brought that case (retaliation.h)

  // Written down at the moment that the program knew, so that a walk along it misses none.
  std::optional<Instant> solved_at;  // the speaker said "solved", and nothing else since
  std::int64_t question_day = 0;     // 28 or 90 while it is asked whether it is still solved
  std::optional<Instant> question_at;
  std::optional<Instant> asks_again_at;  // the speaker asks that it be handled again: undecided
  std::optional<Instant> lead_acted_at;  // the unit that has it did something; taking it is nothing
  std::optional<Instant> sent_back_at;   // and no new answer yet
  std::optional<Instant> returned_at;    // the last objection
  std::vector<SilentUnit> silent_co_units;

  std::int64_t returned = 0;  // objections: shown to the speaker
  std::int64_t reopened = 0;
  std::int64_t urged = 0;
  std::optional<Instant> urged_at;
  std::int64_t extended_days = 0;
  std::int64_t recordings = 0;  // that nobody has written down yet
  std::int64_t callback_attempts = 0;
  std::int64_t attempt_parts_of_day = 0;  // bit set: morning, afternoon, evening

  ContentId words;             // the first words
  ContentId contact;           // behind reveal()
  ContentId public_answer;     // the latest
  bool may_be_called = false;  // the speaker asked to be phoned about the answer
  IdentityLevel identity_level = IdentityLevel::anonymous;
  bool activated = true;  // the speaker holds the code themselves
  bool erased = false;

  std::vector<RunningClock> clocks;

  bool operator==(const CaseFile&) const = default;
};

// Fails with StorageFailure when the event cannot follow (a gap in seq, a step the table does not
// know).
void apply(CaseFile& file, const Event& event);

// A pause counts from when it is written down, whatever day it names: nobody lengthens a term
// backwards.
Instant paused_from(const Event& event);

// The earliest duty of ours that runs, or nothing.
const RunningClock* next_due(const CaseFile& file);

// INV-33: whoever answered does not ask whether it was a good answer. An answer on the spot that
// was opened again is answered by the body that took it in; nobody calls back then: the speaker
// rates it, or lets their time pass.
bool answered_by_the_dispatching_body(const CaseFile& file);

// Steps that a state alone does not open: the question of 28 or 90 days and its calls only while it
// is asked, a decision about handling again only while somebody asks for it.
bool asked_for_now(const CaseFile& file, EventKind kind);

// Who must act now: every open case has somebody (a merged one through the case it went into), a
// held accusation and an ended case have nobody. `asked` stands beside that: a unit that owes an
// answer to a supervision order or a recommendation owes it also when the case has ended. So does
// `transcribe`: as long as a recording waits, the body that dispatches writes it down, whoever has
// the case.
enum class Part : std::uint8_t {
  dispatch,
  lead,
  co,
  call_back,
  close,
  asked,
  review,
  transcribe,
  ask_again,  // it is asked whether it is still solved
  reopen,     // the speaker asks that it be handled again
};
std::string_view name(Part) noexcept;
struct Waiting {
  UnitId unit;
  Part part = Part::dispatch;
  bool operator==(const Waiting&) const = default;
};
std::vector<Waiting> waiting_for(const CaseFile& file);

}  // namespace minhu::cases
