// What stands in the way of a step although it is open: said before anybody fills in a form, and
// again when it is taken. Inner header.
#pragma once

#include "features/cases/context.h"
#include "features/visits/visit_file.h"
#include "ports/storage.h"

namespace minhu::visits {

// How many days before it a visit has to be public, by the pack in force on that day; five where
// none says so.
struct Notice {
  std::int64_t days = 5;
  Date first_day;        // on which it may take place when it is published today
  std::string citation;  // empty: our default
};
Notice notice_of(const cases::Context& context);

// Of what the visit is. Faults conflict: visits.incomplete (details: field), visits.too_late
// (details: days, first_day), visits.not_today, visits.not_heard, visits.without_case,
// visits.cases_waiting, visits.cannot_be_sent; invalid_input visits.times_wrong,
// visits.places_wrong.
Outcome hindrance(Reading& reading, const cases::Context& context, const Visit& visit,
                  EventKind kind);

// Of what the step brings, checked and applied: `after` is the visit as it would be. Faults
// invalid_input visits.too_few_channels (details: fewest), visits.no_offline_channel,
// visits.channels_missing (details: channels), visits.no_other_day, visits.no_substitute,
// visits.substitute_rank, visits.times_wrong; conflict visits.too_late.
Outcome hindrance_of_step(const cases::Context& context, const Visit& before, const Visit& after,
                          EventKind kind, const Facts& facts, const std::vector<Posting>& postings);

}  // namespace minhu::visits
