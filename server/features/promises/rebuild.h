// The rows of today, derived again from the events and compared.
#pragma once

#include <vector>

#include "features/promises/kinds.h"
#include "ports/storage.h"

namespace minhu::promises {

struct Rebuilt {
  std::int64_t promises = 0;
  std::int64_t events = 0;
  std::vector<PromiseId> different;
  std::int64_t stray_rows = 0;
};
Rebuilt rebuild(Reading& reading, RegionId region);

}  // namespace minhu::promises
