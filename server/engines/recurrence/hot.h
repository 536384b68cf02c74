// What is rising: categories × places with more cases in the last days than expected, with a stated
// number of false alarms. Pure and thread-safe.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "engines/recurrence/counts.h"
#include "kernel/result.h"

namespace minhu::recurrence {

// One category in one place. Windows of equal length (30 days), the last ones before now.
struct Spot {
  std::string category;
  std::string place;
  std::int64_t cases = 0;  // in the window that ends now
  std::vector<std::int64_t>
      earlier;          // in the windows before it, the latest first; 12 or 13 are a year
  double exposure = 1;  // now, as a part of what it was in the earlier windows
};

struct HotSettings {
  // Of what is shown, so large a part may be chance (Benjamini–Hochberg). 0.001 to 0.5.
  double false_part = 0.1;
  std::int64_t least_cases = 3;  // fewer are no class yet
};

struct Hot {
  std::string category;
  std::string place;
  std::int64_t cases = 0;
  double expected = 0;
  double times = 0;   // cases / expected
  double chance = 1;  // how often so many come where nothing rises
  Sentence sentence;
};

struct Rising {
  std::vector<Hot> spots;  // the most surprising first
  std::int64_t looked_at = 0;
  double chance_limit = 0;  // what `chance` had to stay below
  // Of all that were looked at, how many would come below that limit by chance alone.
  double false_alarms_expected = 0;
};

// Faults invalid_input: recurrence.bad_spot (a number that is negative, not a number or too large;
// more than 60 windows), recurrence.spot_twice, recurrence.bad_settings. A spot with fewer than
// three earlier windows is passed over: nobody knows what is usual there.
Result<Rising> hot(const std::vector<Spot>& spots, const HotSettings& settings = {});

}  // namespace minhu::recurrence
