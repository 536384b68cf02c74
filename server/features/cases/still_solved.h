// Which cases count as solved and since when: what features/rechecks draws its sample from.
#pragma once

#include <vector>

#include "features/cases/kinds.h"
#include "ports/storage.h"

namespace minhu::cases {

struct SolvedCase {
  Instant solved_at;  // when it was written down that the speaker says so
  CaseId id;
};
// After `after` and not later than `until`, the earliest first, at most `most`. Empties when a case
// is opened again.
std::vector<SolvedCase> solved_cases(Reading& reading, RegionId region, const SolvedCase& after,
                                     Instant until, std::int64_t most);

}  // namespace minhu::cases
