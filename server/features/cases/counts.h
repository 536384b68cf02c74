// Counts of cases that show none of them. What everybody may see in numbers is in features/insight.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "features/cases/context.h"
#include "ports/storage.h"

namespace minhu::cases {

bool any_case(Reading& reading, RegionId region);

// How many open cases wait at a unit, whatever for. Without accusations, so that nobody can read
// from a number whether there is any, and without
// those that the actor is kept from.
std::int64_t open_cases_at(Reading& reading, const Context& context, UnitId unit);

// How often something of one kind came from one place: what a changed set of dispatch rules is
// tried on. No case can be told from it, and no word. Without accusations.
struct Matters {
  std::string category;  // empty: not sorted yet
  std::string place;
  std::int64_t count = 0;
};
std::vector<Matters> matters_received(Reading& reading, RegionId region, Instant from, Instant to);

}  // namespace minhu::cases
