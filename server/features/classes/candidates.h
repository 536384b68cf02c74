// What comes in more often than is usual, in the county or in one town, and is no class yet (A1). A
// person says whether it is one; nothing here accuses an office.
#pragma once

#include <optional>
#include <vector>

#include "engines/recurrence/hot.h"
#include "features/classes/class_file.h"
#include "features/classes/matching.h"

namespace minhu::classes {

struct Candidate {
  Definition definition;
  std::int64_t counted = 0;
  double expected = 0;
  std::optional<std::int64_t> last_year;  // in the same days, where the county was known then
  recurrence::Sentence sentence;
  std::optional<Instant> first_seen;  // in these days
};
struct Candidates {
  Date from;
  Date to;
  std::vector<Candidate> found;      // the most unusual first
  double false_part = 0;             // of what is listed, so large a part may be chance
  double false_alarms_expected = 0;  // in this list, were nothing rising at all
};
inline constexpr std::size_t most_candidates = 50;
// Somebody said that it is no class: it is not proposed again for so long.
inline constexpr std::int64_t dismissed_days = 182;

Result<Candidates> candidates(Reading& reading, const cases::County& county, Instant now);

}  // namespace minhu::classes
