// What the program does by itself with solved classes: it takes over those that were signed off,
// and opens again by itself those that come back. Run again and again by one job; a second run at
// once does nothing.
#pragma once

#include "features/cases/installation.h"
#include "features/classes/matching.h"

namespace minhu::classes {

struct WatchRound {
  std::int64_t looked_at = 0;
  std::int64_t begun = 0;     // signed off, now watched
  std::int64_t relapsed = 0;  // came back
};
// Looks at whole months alone, from the one in which the class was verified.
WatchRound watch_once(const cases::Installation& installation, const Matching& matching);

}  // namespace minhu::classes
