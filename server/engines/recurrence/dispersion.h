// Inside the engine: how much more counts jump than pure chance would make them (variance / mean).
//
// One burst pipe brings ten calls; a storm brings all villages at once. An interval that takes
// each call for an event of its own is far too narrow.
#pragma once

#include <vector>

#include "engines/recurrence/counts.h"
#include "engines/recurrence/pairs.h"

namespace minhu::recurrence {

struct Dispersion {
  double value = 1;
  double degrees = 0;  // how much is known about it; 0: nothing
};

// What the pairs show around their common ratio. Catches everything, also what strikes all places
// in the same period, but there are as few degrees as there are periods.
Dispersion between_periods(const std::vector<Pair>& pairs, const Ratio& ratio);
// The same for the years before the measure, compared among themselves.
Dispersion between_years(const Table& table, std::int64_t until, Period period);
// What places × periods show around their margins, before `until`: many degrees, blind to what
// strikes all places at once.
struct Within {
  Dispersion dispersion;
  // One trouble is reported for weeks, and months of one trouble are no independent witnesses: by
  // so much a sum of many periods jumps more than its periods do. At least 1.
  double lasting = 1;
};
Within within_places(const Table& table, std::int64_t until, Period period);
// What the sizes of the matters say, where they are known for the cases of these periods.
Dispersion of_matters(const Table& table, const std::vector<std::int64_t>& periods);

// All that is known, with what is usual where little is known. What was seen `within` one period
// or place is a lower bound with many degrees: it says where to begin, and the rest corrects it.
Dispersion together(const Dispersion& within, const std::vector<Dispersion>& over_time);

}  // namespace minhu::recurrence
