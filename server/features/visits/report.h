// What came of a visit, counted from its cases by the program, so that no office counts its own
// success. Inner header.
#pragma once

#include "features/visits/visit_file.h"
#include "ports/storage.h"

namespace minhu::visits {

// Heard: groups that have a case or were done. Solved on the spot: answered there and then.
// Not possible: answered "explained" or "not supported", or not accepted. Everything else is in
// progress: also what is held, of which nobody may learn.
Report count_report(Reading& reading, RegionId region, const Visit& visit);
Facts facts_of(const Report& report);

// A day on which fewer were heard says only that: with so few, a line of it is one family's.
inline constexpr std::int64_t fewest_to_publish = 5;
inline bool shows_parts(const Report& report) {
  return report.heard >= fewest_to_publish;
}

}  // namespace minhu::visits
