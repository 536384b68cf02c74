// Proof that the rows of today are what the events of the visits say.
#pragma once

#include <vector>

#include "features/visits/kinds.h"
#include "ports/storage.h"

namespace minhu::visits {

struct Rebuilt {
  std::int64_t visits = 0;
  std::int64_t events = 0;
  std::vector<VisitId> different;  // its row, or the cases that it leads to
  std::int64_t stray_rows = 0;     // rows that no visit accounts for
};
Rebuilt rebuild(Reading& reading, RegionId region);

}  // namespace minhu::visits
