// Whether an official can be sent somewhere: asked when the plan of a month is drawn up, and again
// when it is accepted.
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
#include "ports/storage.h"

namespace minhu::visits {

// Codes of the places that they do not go to, nor to whatever lies in one of them; sorted.
std::vector<std::string> places_to_avoid(Reading& reading, const cases::Context& context,
                                         const accounts::Principal& official);
bool lies_in_one_of(const std::vector<std::string>& places, std::string_view code);

// A colleague keeps their post at that moment.
bool is_away(Reading& reading, const cases::Context& context, accounts::AccountId official,
             Instant at);

}  // namespace minhu::visits
