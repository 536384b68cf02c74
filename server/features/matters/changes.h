// Which cases have to be read again: noted in the transaction of the event, so that no server that
// keeps an index in its memory misses one, whoever wrote the event.
#pragma once

#include <vector>

#include "features/cases/derivation.h"

namespace minhu::matters {

// For County::derivations. Stateless, lives as long as the program.
const cases::Derivation& derivation();

struct Change {
  Instant at;
  cases::CaseId id;
  // What was there to be read when the change was asked for: the last event of the case (-1: there
  // is none) and how many others it is kept apart from. Where both are what they were, so is all
  // that is compared.
  std::int64_t seq = -1;
  std::int64_t apart = 0;
};
// In the transaction of what changed.
void note_change(Transaction& transaction, RegionId region, cases::CaseId id, Instant at);

// How far whoever asks again goes back: servers commit side by side, so a change may become visible
// a little after a later one, and reading a case twice changes nothing.
inline constexpr std::int64_t overlap_ms = 10'000;
// After that change in order of moment and case, at most `most`.
std::vector<Change> changes_after(Reading& reading, RegionId region, const Change& last,
                                  std::int64_t most);

// Changes are kept that long. An index that is further behind is built anew.
inline constexpr std::int64_t kept_ms = std::int64_t{2} * 24 * 3'600'000;
void forget_old_changes(Transaction& transaction, RegionId region, Instant now);

}  // namespace minhu::matters
