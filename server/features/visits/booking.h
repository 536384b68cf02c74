// Booking a place at a visit, without an account: who comes first is heard first. The order is the
// order of commit, kept as the numbers of the groups; audit_queue.h proves it.
#pragma once

#include "features/cases/context.h"
#include "features/cases/receipt_number.h"
#include "features/visits/contacts.h"
#include "features/visits/visits.h"

namespace minhu::visits {

struct Booking {
  Way way = Way::page;
  std::int64_t people = 1;  // who come; at most five speak (信访工作条例 art. 20)
  Sealed<Contact> contact;  // may be empty: nobody has to say who they are
};
inline constexpr std::int64_t most_people = 5;
inline constexpr std::size_t longest_name = 40;    // characters, of Contact::name
inline constexpr std::size_t longest_words = 200;  // … of Contact::words
// invalid_input visits.name_long (details: most).
tl::unexpected<Fault> name_too_long();

struct Booked {
  VisitId visit;
  GroupId group;
  std::int64_t number = 0;
  bool listed = false;       // on the waiting list, not yet with a place
  std::int64_t ahead = 0;    // of those on the list, how many are before them
  Instant told;              // about when it will be their turn; 0 for those on the list
  Sealed<std::string> code;  // 12 digits: with the number it opens the booking again
  bool repeated = false;
};
// A place, or the end of the waiting list. The same token gives the same booking again. Faults:
// not_found visits.no_such_visit (also one that nobody may know yet); conflict
// visits.not_bookable, visits.full (details: ahead), visits.already_booked, visits.given_back (that
// booking was: whoever wants to come all the same books anew, with another token); invalid_input
// visits.people_wrong, visits.name_long, visits.too_long (words) and those of plain_phone.
Result<Booked> book(Transaction& transaction, const cases::Context& context, VisitId id,
                    const Booking& booking, const cases::ClientToken& token);

// Who comes on the day without having booked: always taken. A place of the quota or a free one, or
// else the end of the list: heard when all places have been called. By whoever holds the visit.
// Faults: as book, and not_allowed visits.not_allowed.
Result<Booked> walk_in(Transaction& transaction, const cases::Context& context, VisitId id,
                       const Booking& booking, const cases::ClientToken& token);

// What somebody sees of their own booking. Fault not_found visits.no_such_booking: the same answer
// for a wrong number, a wrong code and a booking that is over.
struct OwnBooking {
  Visit visit;
  Group group;
  std::int64_t ahead = 0;  // groups that will be called before them
};
Result<OwnBooking> own_booking(Reading& reading, const cases::Context& context, VisitId id,
                               std::int64_t number, const Sealed<std::string>& code);

// Given back by whoever holds number and code; the first on the waiting list moves up in the same
// commit. Faults: not_found visits.no_such_booking; conflict visits.step_not_open.
Outcome withdraw(Transaction& transaction, const cases::Context& context, VisitId id,
                 std::int64_t number, const Sealed<std::string>& code);
// … on the telephone, by the office that holds the visit.
Outcome withdraw_for(Transaction& transaction, const cases::Context& context, VisitId id,
                     GroupId group);

// Digits alone, whatever blanks are between. Fault not_found visits.no_such_booking.
Result<Sealed<std::string>> parse_booking_code(std::string_view text);
// In groups of four.
std::string show_booking_code(std::string_view code);

// Whoever is first on the list for each place that is free. Inner: for booking.cc and queue.cc.
std::vector<Event> moving_up(const cases::Context& context, const Visit& visit);

}  // namespace minhu::visits
