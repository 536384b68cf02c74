// Which stops would fit into one gap of a tour: the loop in which most of the time goes.
#pragma once

#include <cstdint>

#include "engines/tours/field.h"

namespace minhu::tours {

struct Gap {
  Time ready = 0;                // earliest start at the stop before
  Time until = 0;                // latest start at the stop behind
  const Time* depart = nullptr;  // rows of the two
  const Time* arrive = nullptr;
  Time way = 0;  // between the two, with the service at the first
};

// marks[u] |= bit for each stop u that can be begun between its first and its last start and be
// left in time; takes[u] becomes the least time that it takes there: service, detour and waiting.
// `count` is a multiple of 16. The same bits on every processor.
void sieve(const Gap& gap, const Time* first, const Time* last, std::uint32_t bit,
           std::uint32_t* marks, Time* takes, int count);

}  // namespace minhu::tours
