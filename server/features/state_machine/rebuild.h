// Proof that the rows of today are what the events of a chronicle say.
#pragma once

#include <vector>

#include "features/state_machine/chronicle.h"

namespace minhu::state_machine {

struct Rebuilt {
  std::int64_t subjects = 0;
  std::int64_t events = 0;
  // Their rows are not what their events give, or there are rows and no events.
  std::vector<Uuid> different;
};

enum class OnDifference : std::uint8_t { report, repair };

// Every subject of the region. With `repair` the rows of those that differ are written anew.
// `sample`: each n-th alone.
Rebuilt rebuild(Database& database, RegionId region, const Chronicle& chronicle,
                OnDifference on_difference, std::int64_t sample = 1);

}  // namespace minhu::state_machine
