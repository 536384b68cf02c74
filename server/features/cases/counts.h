// What everybody may see of the cases of a county: counts by month, with small ones hidden.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "features/cases/context.h"
#include "ports/storage.h"

namespace minhu::cases {

// Nothing where fewer than `smallest_shown`: nobody is to be recognised behind a number.
struct MonthCounts {
  Date month;  // its first day
  std::optional<std::int64_t> received;
  std::optional<std::int64_t> closed;  // brought to an end; withdrawn and voided ones are not
  std::optional<std::int64_t> solved;  // of those closed, said to be solved by who had spoken
};
inline constexpr std::int64_t smallest_shown = 5;

// The last `months` months that have begun, the latest first. Accusations are in no count: nobody
// can read from one whether there is any. Walks the cases of that time; meant to be kept for some
// minutes.
std::vector<MonthCounts> counts_by_month(Reading& reading, const County& county, Instant now,
                                         int months);

bool any_case(Reading& reading, RegionId region);

// How many open cases wait at a unit, whatever for. Without accusations, as above, and without
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
