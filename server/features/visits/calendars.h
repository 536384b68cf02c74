// Which visits stand in which calendar: the county's for everybody, and one for a leader at a
// secret address that whoever made it can take back.
#pragma once

#include <string>
#include <vector>

#include "features/cases/context.h"
#include "features/visits/visits.h"
#include "kernel/sealed.h"

namespace minhu::visits {

using CalendarId = Id<struct VisitCalendarTag>;

struct Calendar {
  CalendarId id;
  std::string leader;  // the name under which visits are planned, blanks aside
  Instant made_at;
};
struct MadeCalendar {
  Calendar calendar;
  Sealed<std::string> token;  // 64 characters of the address; told this once
};
inline constexpr std::size_t most_calendars = 20;  // of one account
// Faults: not_allowed visits.not_allowed; invalid_input visits.field_missing, visits.too_long
// (leader); conflict visits.too_many_calendars.
Result<MadeCalendar> make_calendar(Transaction& transaction, const cases::Context& context,
                                   std::string_view leader);
// Those that the actor made, the oldest first.
std::vector<Calendar> own_calendars(Reading& reading, const cases::Context& context);
// Its address answers "not found" from here on. Fault not_found visits.no_such_calendar.
Outcome revoke_calendar(Transaction& transaction, const cases::Context& context, CalendarId id);

// From a month back to a year ahead, by beginning. Public ones alone, also those cancelled since.
std::vector<Visit> public_calendar(Reading& reading, const cases::Context& context);
struct OwnCalendar {
  std::string leader;
  std::vector<Visit> visits;  // planned ones, too
};
// Nothing for a token that was never made or has been taken back.
std::optional<OwnCalendar> calendar_of(Reading& reading, const cases::Context& context,
                                       std::string_view token);

}  // namespace minhu::visits
