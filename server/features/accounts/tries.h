// How wrong tries of one account are slowed, whatever it is that is tried. Inner header.
#pragma once

#include <algorithm>
#include <map>
#include <string>

#include "kernel/civil_time.h"
#include "kernel/result.h"

namespace minhu::accounts {

constexpr std::int64_t free_tries = 5;

// How long the next try has to wait after so many wrong ones in a row.
inline std::int64_t wait_after(std::int64_t wrong) {
  constexpr std::int64_t first_ms = 30'000;
  constexpr std::int64_t longest_ms = 15 * 60'000;
  if (wrong < free_tries) return 0;
  return std::min(first_ms << std::min<std::int64_t>(wrong - free_tries, 10), longest_ms);
}

inline tl::unexpected<Fault> wait_first(const char* key, Instant until, Instant now) {
  const std::int64_t seconds = (until.unix_ms - now.unix_ms + 999) / 1000;
  return fail(FaultCode::too_many, key, std::string(),
              std::map<std::string, std::string>{{"seconds", std::to_string(seconds)}});
}

}  // namespace minhu::accounts
