// When an answer that is held back goes out: on a beat of the clock, and not so long after the
// handler ended. Else its time would still tell what the handler had to do, a microsecond of it
// after enough questions.
#pragma once

#include <chrono>

#include "adapters/http_beast/pace.h"

namespace minhu::http_beast {

// The first whole millisecond of the clock that is at least `hold` after `ended`.
inline Time end_of_hold(Time ended, std::chrono::milliseconds hold) {
  return Time(std::chrono::ceil<std::chrono::milliseconds>(ended.time_since_epoch() + hold));
}

}  // namespace minhu::http_beast
