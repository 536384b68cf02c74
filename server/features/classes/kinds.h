// The words of a class of matters: its states, the kinds of its events, and the closed lists that
// they speak in. Every value has one stable name, stored in rows and shown in the API.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "kernel/ids.h"

namespace minhu::classes {

using ClassId = Id<struct ClassTag>;

enum class State : std::uint8_t {
  detected,           // a rule or a person saw something; nobody has said that it is a class
  proposed,           // somebody did
  screened,           // the four tests are scored; a leader decides
  rejected,           // it is none, or not now; the reason is kept and may be published
  selected,           // a unit leads, a leader answers for it
  cause_found,        // why it comes again
  plan_published,     // measures with owner, date and figure
  treating,           // under way
  measured,           // fewer than before? the engine has said what may be said
  verified,           // a body that did not treat it agrees
  institutionalised,  // a rule, a standard or a budget keeps it so
  closed,             // signed off
  watching,           // the program looks every month
  relapsed,           // it has come back
};

enum class EventKind : std::uint8_t {
  detected,
  proposed,
  redefined,
  screened,
  rejected,
  selected,
  returned,  // the leader wants it otherwise
  cause_found,
  measure_planned,
  plan_published,
  treatment_begun,
  measure_done,
  measured,
  not_verified,
  verified,
  institutionalised,
  closed,
  watched,   // by the program
  relapsed,  // by the program
  summary_written,
  summary_approved,
  summary_withdrawn,
  // of single cases
  case_linked,
  case_unlinked,
  case_rejected,  // it has nothing to do with the class: remembered
  case_left,      // the case itself is not to be counted any more; why is not the class's to know
  speaker_asked,  // on the phone or at the door, by those who did not treat it: is it solved?
};

enum class CauseKind : std::uint8_t {
  rule_missing,
  rule_wrong,
  duty_unclear,
  money,
  capacity,
  enforcement,
  information,
  history,
};

std::string_view name(State) noexcept;
std::string_view name(EventKind) noexcept;
std::string_view name(CauseKind) noexcept;

// The value of that name, or nothing.
template <class Enum>
std::optional<Enum> named(std::string_view text) noexcept;

}  // namespace minhu::classes
