// The only place where time comes from. Tests, imports and the demo county pass their own.
#pragma once

#include "kernel/civil_time.h"

namespace minhu {

class Clock {
 public:
  virtual ~Clock() = default;
  // May jump (an operator sets the wall clock): order comes from sequence numbers, never from
  // comparing two instants.
  virtual Instant now() const = 0;
};

}  // namespace minhu
