// What a case adds to the figures, as whole numbers in cells. Sums of cells are all that is ever
// stored of figures; no cell names a person or a case.
//
// A cell says: about whom or what · which track · which piece of the calendar · what is counted ·
// in which bucket of it. A piece is the first twenty days of a month or the rest of it: calendar
// months and the business months of some systems (21st to 20th) are both made of whole pieces.
#pragma once

#include <compare>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>

#include "features/cases/kinds.h"
#include "features/places_and_units/unit_id.h"
#include "kernel/bytes.h"
#include "kernel/civil_time.h"

namespace minhu::insight {

enum class Measure : std::uint8_t {
  // by the day on which it was received
  received = 1,  // bucket: the channel
  // by the day on which the answer fell due (contribution.h says which day that is)
  outcome = 10,         // bucket: Standing
  open = 11,            // bucket: the day of the month on which it falls due; no answer yet
  extended = 12,        // answered within a term that had been lengthened
  solved = 13,          // an answer stands of which the speaker said to another body: solved
  solved_first = 14,    // the same, and nothing ever came back
  satisfaction = 15,    // bucket: Satisfaction, as told to the body that called
  asked = 16,           // that body finished its calls
  reached = 17,         // and spoke to the speaker
  rated_alone = 18,     // the speaker rated by themselves, without being called
  came_back = 19,       // reopened or sent back at least once
  answered = 20,        // an answer was served, in time or not
  days_to_solved = 21,  // bucket: whole days from receipt to the answer that solved it
  days_to_answer = 22,  // bucket: whole days from receipt to the first answer
  days_to_accept = 23,  // bucket: whole days from receipt to acceptance
  // by the day on which it fell due itself
  notice = 30,         // bucket: Kept
  notice_open = 31,    // bucket: day of the month
  callback = 32,       // bucket: Kept
  callback_open = 33,  // bucket: day of the month
  // by the day on which it was written down
  sent = 40,            // bucket: Sending
  returned = 41,        // the unit said that it is another's
  return_upheld = 42,   // and was right: the sending body had chosen wrongly
  reopened = 43,        // bucket: 0 opened again, 1 sent back to the unit
  review_asked = 44,    //
  review_decided = 45,  // bucket: Reviewed
  supervised = 46,      // bucket: Trigger
  supervision_answered = 47,
  recommended = 48,  // bucket: About
  adopted = 49,      // bucket: About * 3 + Adoption
  extended_at = 50,  // a lengthening was granted
  merged = 51,
  complained_of = 52,  // cases that complain of this unit, by the day of receipt
};

// Where the answer that a case was owed stands; each case that fell due is in exactly one of these
// or `open`. The first five were served in time.
enum class Standing : std::uint8_t {
  solved,       // and the speaker said to another body: solved
  partly,       // … partly
  not_solved,   // … no, or it came back
  not_reached,  // nobody could be reached
  not_asked,    // nobody has asked yet
  late,
  // not counted against the unit, and listed
  withdrawn,
  voided,
  legal_road,
  emergency,
  not_accepted,
  to_repeat,
  parked,
  own_registered,
};
inline constexpr int standing_count = 14;
std::string_view name(Standing) noexcept;

enum class Kept : std::uint8_t { in_time, late, otherwise };
enum class Sending : std::uint8_t { transferred, assigned, dispatched };
enum class Reviewed : std::uint8_t { upheld, changed, revoked };
enum class Trigger : std::uint8_t { not_registered, late, evasive, untrue, not_carried_out };
enum class About : std::uint8_t { improve, policy, accountability };
enum class Adoption : std::uint8_t { yes, partly, no };

using Piece = std::int64_t;
Piece piece_of(Date day);
Date first_day_of(Piece piece);
Date last_day_of(Piece piece);

// "u" and the 16 bytes of a unit, or "c" and "scheme:code".
std::string about_unit(UnitId unit);
std::string about_category(std::string_view category);
UnitId unit_of(std::string_view about);  // empty when it is about something else
std::string_view category_of(std::string_view about);

struct Key {  // of one stored row
  Piece piece = 0;
  std::string about;
  cases::Track track = cases::Track::petition;
  auto operator<=>(const Key&) const = default;
};
struct Counted {
  Measure measure = Measure::received;
  std::uint16_t bucket = 0;
  auto operator<=>(const Counted&) const = default;
};
using Counts = std::map<Counted, std::int64_t>;  // never a zero
using Cells = std::map<Key, Counts>;             // never an empty one

void add(Cells& cells, const Key& key, Counted counted, std::int64_t by);
void add(Counts& counts, Counted counted, std::int64_t by);
void add(Counts& counts, const Counts& more);
void add(Cells& cells, const Cells& more, std::int64_t times = 1);

// As stored: the same bytes for the same cells. StorageFailure when they are not what packed()
// writes.
Bytes packed(const Counts& counts);
Counts unpacked_counts(BytesView bytes);
Bytes packed(const Cells& cells);
Cells unpacked_cells(BytesView bytes);

}  // namespace minhu::insight
