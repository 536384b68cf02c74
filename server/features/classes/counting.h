// Cases of a class as the engine of recurrence wants them: by place and month, with what else came
// in the same places. Inner header.
#pragma once

#include <string>
#include <vector>

#include "engines/recurrence/effect.h"
#include "features/classes/class_file.h"
#include "features/classes/matching.h"

namespace minhu::classes {

// From which month to which something is known of the county.
struct Known {
  std::int64_t first = 0;
  std::int64_t last = -1;  // the last whole month; before `first`: nothing is known yet
};
Known known_months(Reading& reading, const cases::County& county, Instant now);

std::int64_t month_of(const cases::County& county, Instant instant);
Instant start_of_month(const cases::County& county, std::int64_t month);
std::string month_name(std::int64_t month);  // "2026-08"

// The place under which a case is counted: one that the class names, else its town.
std::string counted_under(std::string_view place, const Definition& definition);

// Every month of every place in which the class could be, also those in which nothing came.
std::vector<recurrence::Count> counts_of(Reading& reading, const cases::County& county,
                                         const Definition& definition,
                                         const std::vector<Arrival>& arrivals, Known known);

// Other matters in the same places, or the same matter in other places, where the class names some:
// what would have changed anyway.
struct Comparison {
  recurrence::Against against = recurrence::Against::nothing;
  std::vector<recurrence::Count> counts;
};
Comparison comparison_for(Reading& reading, const cases::County& county, const Matching& matching,
                          const ClassFile& file, const std::vector<recurrence::Count>& counts,
                          Known known);

// Whether people could come as easily in the months after as in those before.
recurrence::Doors doors_in(Reading& reading, const cases::County& county,
                           const Definition& definition, const std::vector<Arrival>& arrivals,
                           const recurrence::Effect& effect);

}  // namespace minhu::classes
