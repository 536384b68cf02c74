// Why a stop is in a plan or not, in facts that can be checked by hand.
#pragma once

#include "engines/tours/compile.h"
#include "engines/tours/draft.h"
#include "engines/tours/plan.h"

namespace minhu::tours {

// What putting a stop in would cost: the tour on which it is least, and the visits that would have
// to go. Nothing has to go where the stop fits as it is.
struct Exchange {
  int route = -1;  // -1: no tour would have it
  int from = 0;    // positions that would be dropped: from+1 … to-1
  int to = 0;
  std::int64_t dropped = 0;  // value
};
// Looks at every gap and every run of up to `longest` visits that could be dropped.
Exchange cheapest_exchange(const Draft& draft, int stop, int longest);

Reason why_visited(const Problem& problem, const Compiled& compiled, const Draft& draft, int stop);
Reason why_left_out(const Problem& problem, const Compiled& compiled, const Draft& draft, int stop);

std::string format_time(DayTime time);  // 09:05
std::string minutes_of(std::int64_t seconds);
std::string value_of(std::int64_t field_value);

}  // namespace minhu::tours
