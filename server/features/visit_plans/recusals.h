// Where an official does not go: a place in which an open case accuses them, a unit that they lead,
// or somebody they are close to (cases/closure.h). Inner header.
//
// What it gives is never shown: who reads "this person stays away from that village" would learn
// that somebody there accuses them.
#pragma once

#include <string>
#include <vector>

#include "features/cases/context.h"
#include "features/visit_plans/villages.h"

namespace minhu::visit_plans {

// For each of the accounts the codes of the villages that they do not go to.
std::vector<std::vector<std::string>> places_to_avoid(
    Reading& reading, const cases::Context& context,
    const std::vector<accounts::Principal>& leaders, const std::vector<Village>& villages);

}  // namespace minhu::visit_plans
