// The words of a visit: its states, the kinds of its events, and the closed lists that they speak
// in. Every value has one stable name, stored in rows and shown in the API.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "kernel/ids.h"

namespace minhu::visits {

using VisitId = Id<struct VisitTag>;
using GroupId = Id<struct VisitGroupTag>;

enum class Form : std::uint8_t {
  reception,    // 定点接访: at a fixed place, whoever comes
  appointment,  // 重点约访: with those whose matter was chosen beforehand
  going_down,   // 带案下访: down to the place of the matter
  field,        // 四不两直: unannounced, no reception, so nothing is published before it
};

// The rank in which a leader is in office. Whoever comes instead has the same or a higher one.
enum class Rank : std::uint8_t {
  town_deputy,
  town_head,
  department_deputy,
  department_head,
  county_deputy,
  county_head,
  city_deputy,
  city_head,
  province_deputy,
  province_head,
};

enum class State : std::uint8_t {
  planned,      // known to the office alone
  published,    // everybody may know it, and book
  open,         // the doors are open, nobody has been called yet
  in_session,   // somebody has been called
  instructed,   // everybody was heard; what the leader said is written down
  assigned,     // every matter has a unit
  followed_up,  // somebody looked whether it was done
  reported,     // the public report is out
  closed,
  cancelled,
};

enum class EventKind : std::uint8_t {
  planned,
  revised,  // before it is published
  published,
  posted,       // further proof of posting
  rescheduled,  // another time, or another leader; "not held" on the day that was announced
  cancelled,
  opened,
  instructed,
  assigned,
  followed_up,
  reported,
  closed,
  // of single groups
  booked,
  listed,     // on the waiting list
  moved_up,   // from the waiting list to a place, by the program
  withdrawn,  // the booking was given back
  walked_in,
  called,
  set_aside,  // was called and was not there
  came_back,
  speaking,
  recorded,  // there is a case, with its number
  done,
  left,  // went without having been heard
  // of what is sealed
  contact_opened,
  contacts_destroyed,
  photo_replaced,  // of a posting: the old one is destroyed, for a reason
};

// What one booked or walk-in group is doing.
enum class GroupState : std::uint8_t {
  listed,   // on the waiting list, in order
  waiting,  // has a place, in order
  called,
  aside,  // was called and not there; keeps its number
  speaking,
  done,
  gone,       // left without having been heard
  withdrawn,  // gave the booking back before the day
};

// How a group came.
enum class Way : std::uint8_t { page, phone, counter, walk_in };

// What somebody needs to be able to come and be understood. Sealed with the contact.
enum class Need : std::uint8_t {
  step_free,
  sign_language,
  interpreter,  // of a dialect or another language
  large_print,
  companion,
  home_visit,  // cannot come at all: somebody goes to them
};

std::string_view name(Form) noexcept;
std::string_view name(Rank) noexcept;
std::string_view name(State) noexcept;
std::string_view name(EventKind) noexcept;
std::string_view name(GroupState) noexcept;
std::string_view name(Way) noexcept;
std::string_view name(Need) noexcept;

// The value of that name, or nothing.
template <class Enum>
std::optional<Enum> named(std::string_view text) noexcept;

}  // namespace minhu::visits
