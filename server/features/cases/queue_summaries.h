// How much of each part of a queue waits, and how much of that is pressing: what a desk shows
// beside its lists.
#pragma once

#include <vector>

#include "features/cases/queue.h"

namespace minhu::cases {

// Each counted up to 1000, as queue_count counts it.
struct QueueSummary {
  Part part = Part::dispatch;
  std::int64_t waiting = 0;
  std::int64_t overdue = 0;
  std::int64_t three_days = 0;
  std::int64_t returned = 0;
  std::int64_t redo = 0;
};
// Every part, in the order of the enum.
std::vector<QueueSummary> queue_summaries(Reading& reading, const Context& context);

}  // namespace minhu::cases
