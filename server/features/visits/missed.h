// Days that had been announced and on which nobody opened the doors: by the day, so that one that
// was moved does not vanish. Pure.
#pragma once

#include <string>
#include <vector>

#include "features/visits/visit_file.h"
#include "kernel/civil_time.h"

namespace minhu::visits {

struct MissedDay {
  Instant announced;   // when it would have begun; may lie ahead where it was moved beforehand
  std::string reason;  // public; empty where nobody said why
  bool operator==(const MissedDay&) const = default;
};
// Of a visit that was announced, the earliest announcement first; of any other: none.
std::vector<MissedDay> missed_days(const Visit& visit, Instant now, FixedZone zone);

// A substitute who comes on the announced day keeps it: it is held, by another. `change` counts
// visit.not_held.
bool keeps_the_day(const Visit& visit, std::size_t change, FixedZone zone);

}  // namespace minhu::visits
