// Inside the engine: which periods stand before the measure, which after, and which match.
#pragma once

#include "engines/recurrence/effect.h"
#include "engines/recurrence/pairs.h"

namespace minhu::recurrence {

// Whole periods after the measure and its washout, as many as settings allow, that some place
// knows.
std::vector<std::int64_t> periods_after(const Question& question, const Settings& settings,
                                        const Table& table);
// The same periods of the years before, as far as known. May be empty.
Windows same_season(const Question& question, const Settings& settings, const Table& table,
                    const std::vector<std::int64_t>& after);
// As many periods right before the measure.
Windows just_before(const Question& question, const Table& table,
                    const std::vector<std::int64_t>& after);

std::int64_t least_periods(const Settings& settings, Period period);

}  // namespace minhu::recurrence
