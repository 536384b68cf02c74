// What an event does to the clocks of a case, asked of the rule book at the moment it is recorded.
#pragma once

#include <vector>

#include "features/cases/case_file.h"
#include "features/cases/context.h"

namespace minhu::cases {

// Starts, meets, stops, pauses and resumes by the rules; `extended` moves the answer's clock by its
// days; `held` stops every clock, because an accusation has none. The event must carry kind, times,
// actor and facts.
std::vector<ClockChange> clock_changes(const County& county, const CaseFile& file,
                                       const Event& event);

// The provisional clocks of the case, paused ones too, whose date is another under the calendars of
// now; empty when all stand. `events` are those of the case: what paused, lengthened and merged it
// is done again.
std::vector<ClockChange> recomputed_clocks(const County& county, const CaseFile& file,
                                           const std::vector<Event>& events);

// The running clock that an extension lengthens, and by how much it still may; nullptr when none
// may.
struct Extensible {
  const RunningClock* clock = nullptr;
  const deadlines::Rule* rule = nullptr;
};
Extensible extensible_clock(const County& county, const CaseFile& file);

// The clock within whose term a step of that kind must lie (the last one whose rule names it under
// `limits`, met or not), or nullptr.
const RunningClock* limiting_clock(const County& county, const CaseFile& file, EventKind kind);

// The sentence that explains the date of a clock. A rule that this program no longer knows gives
// the bare date.
std::string explain_clock(const County& county, const RunningClock& clock,
                          deadlines::Language language);
// The label of its rule ("办结并书面答复您").
std::string label_of(const County& county, const RunningClock& clock, deadlines::Language language);

}  // namespace minhu::cases
