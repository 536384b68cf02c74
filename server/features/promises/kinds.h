// The words of a promise and of a relay: their states, the kinds of their events, and the closed
// lists that they speak in. Every value has one stable name, stored in rows and shown in the API.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "kernel/ids.h"

namespace minhu::promises {

using PostId = Id<struct PostTag>;
using PromiseId = Id<struct PromiseTag>;
using RelayId = Id<struct RelayTag>;

enum class State : std::uint8_t {
  made,
  report_asked,  // 要求汇报: the unit owes a report
  reported,      // the unit says that it is done; nobody else has looked
  verified,      // a visit or a call on record says so
  not_kept,      // found not to be kept; still owed
  given_up,      // said in public that it will not be kept, and why
};

enum class EventKind : std::uint8_t {
  made,
  report_asked,
  progress_told,  // the unit's report: not done yet
  reported_done,
  verified,
  found_not_kept,
  due_changed,
  given_up,
  verdict_given,  // the reporter's own: on their receipt page, or told to a caller
  taken_over,     // by the successor in the post, when both have signed
  published,      // the words that everybody may read, approved by another than who wrote it down
  withheld,       // taken off the public page
};

// What the reporter says of it themselves.
enum class Verdict : std::uint8_t { kept, partly, not_kept };
// How we know it.
enum class Way : std::uint8_t { page, call };
// What a verification rests on.
enum class Proof : std::uint8_t { visit, call };

enum class RelayState : std::uint8_t {
  frozen,
  half_signed,
  complete,
  called_off,  // the successor is gone; the post stays where it was, until a list is frozen anew
};
enum class RelayEventKind : std::uint8_t {
  frozen,
  accepted,
  changed,
  signed_by,
  signed_in_absence,  // by an office, in the place of a predecessor who can sign no longer
  called_off,
};
enum class ItemKind : std::uint8_t { promise, sponsored_case, matter_class };
enum class Side : std::uint8_t { outgoing, incoming };

std::string_view name(State) noexcept;
std::string_view name(EventKind) noexcept;
std::string_view name(Verdict) noexcept;
std::string_view name(Way) noexcept;
std::string_view name(Proof) noexcept;
std::string_view name(RelayState) noexcept;
std::string_view name(RelayEventKind) noexcept;
std::string_view name(ItemKind) noexcept;
std::string_view name(Side) noexcept;

// The value of that name, or nothing.
template <class Enum>
std::optional<Enum> named(std::string_view text) noexcept;

}  // namespace minhu::promises
