// What time alone brings about: a case closes when the speaker's window is over and nobody asked
// for a review, a rechecked one is concluded. Run again and again by the program; a second run does
// nothing.
#pragma once

#include <cstdint>

#include "features/cases/installation.h"

namespace minhu::cases {

struct Housekeeping {
  std::int64_t closed = 0;
  std::int64_t concluded = 0;
  std::int64_t marks_mended = 0;  // what an older program beside this one left (queue_rows.h)
};

Housekeeping keep_house(const Installation& installation);

}  // namespace minhu::cases
