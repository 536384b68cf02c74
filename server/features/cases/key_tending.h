// What has to be done with the keys of cases, again and again: moved out of the large database,
// wrapped anew each month, destroyed for good. Each step is durable before the next begins, and a
// key is never in neither place: it may be killed anywhere and done again.
#pragma once

#include <cstdint>
#include <functional>

#include "features/cases/installation.h"

namespace minhu::cases {

// How long anything of an erased case can be opened at the longest, by whoever has every copy and
// every key there is. The number that the speaker is told.
inline constexpr std::int64_t days_of_an_epoch = 31;
inline constexpr std::int64_t days_of_key_copies = 7;
inline constexpr std::int64_t days_until_unrecoverable = days_of_an_epoch + days_of_key_copies;

// Whether a copy of keys that was made on `day` is still one that may lie there today. Not one of
// a day to come: a clock that was ahead once made it, and it would lie there until then. Machines
// whose clocks differ, and zones, are let have a day.
bool may_stay(Date day, Date today);

struct Tended {
  std::int64_t moved = 0;
  std::int64_t destroyed = 0;  // keys of erased cases
  std::int64_t wrapped_anew = 0;
  std::int64_t keys_destroyed = 0;  // wrapping keys that were over
  bool whole = true;                // nothing is left to do for now
};

// At most about a hundred thousand keys a run; `stop` is asked between steps.
// Fault out_of_storage: what was done is done, the next run goes on.
Result<Tended> tend_keys(
    const Installation& installation, const std::function<bool()>& stop = [] { return false; });
// Until it is whole.
Result<Tended> tend_keys_to_the_end(const Installation& installation);

// Whether the large database belongs to this key store. Fault conflict "seal.another_key_store":
// keys.db is missing or another's, and going on would pass for erasure.
Outcome check_key_store(const Installation& installation);

}  // namespace minhu::cases
