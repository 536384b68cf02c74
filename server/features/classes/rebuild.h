// Proof that the rows and the members of today are what the events of the classes say.
#pragma once

#include <vector>

#include "features/classes/kinds.h"
#include "ports/storage.h"

namespace minhu::classes {

struct Rebuilt {
  std::int64_t classes = 0;
  std::int64_t events = 0;
  std::vector<ClassId> different;  // its row, its members or its unrelated cases
  std::int64_t stray_members = 0;  // rows that no class accounts for
};
Rebuilt rebuild(Reading& reading, RegionId region);

}  // namespace minhu::classes
