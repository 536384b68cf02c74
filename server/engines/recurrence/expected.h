// Inside the engine: what each period would have brought, had nothing changed.
#pragma once

#include <map>
#include <vector>

#include "engines/recurrence/effect.h"
#include "engines/recurrence/interval.h"

namespace minhu::recurrence {

// How the class is spread over the periods of the year, from what is known before `until`; mean 1.
// The less is known, the flatter.
std::vector<double> season_of(const Table& table, std::int64_t until, Period period,
                              double dispersion);

// Cases in each period of the windows as expected from the same season before, and where 19 of 20
// would lie.
struct Expected {
  double cases = 0;
  Range range;
};
std::map<std::int64_t, Expected> expected_in(const std::vector<Pair>& pairs, const Side& matter,
                                             const std::optional<Side>& beside, bool same_season);

}  // namespace minhu::recurrence
