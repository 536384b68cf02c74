// Whether an official can be sent somewhere: asked when the plan of a month is drawn up, again when
// it is accepted, and whenever somebody plans, moves or announces a visit by hand.
//
// They are not sent to a place in which an open case accuses them, a unit that they lead, or
// somebody they are close to (cases/closure.h); nor on a day on which a colleague keeps their post
// (accounts/delegation.h). Which of it is the reason is never shown: who reads "this person stays
// away from that village" would learn that somebody there accuses them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "features/cases/context.h"
#include "features/visits/visit_file.h"
#include "ports/storage.h"

namespace minhu::visits {

// Codes of the places that they do not go to, nor to whatever lies in one of them; sorted.
std::vector<std::string> places_to_avoid(Reading& reading, const cases::Context& context,
                                         const accounts::Principal& official);
bool lies_in_one_of(const std::vector<std::string>& places, std::string_view code);

// A colleague keeps their post at that moment.
bool is_away(Reading& reading, const cases::Context& context, accounts::AccountId official,
             Instant at);

// Whether the leader of the visit can be sent to its place on its day. A visit names its leader in
// words, so everybody in office who is shown under that name is asked about. A reception at the
// seat of the unit that holds it sends nobody anywhere: people come, on a day that they choose.
// Fault conflict visits.cannot_be_sent (details: leader; never why).
Outcome check_leader(Reading& reading, const cases::Context& context, const Visit& visit);

}  // namespace minhu::visits
