#include "features/promises/rebuild.h"

#include <algorithm>

#include "features/promises/store.h"

namespace minhu::promises {

Rebuilt rebuild(Reading& reading, RegionId region) {
  Rebuilt result;
  const auto rows = all_rows(reading, region);
  for (const PromiseId id : every_promise(reading, region)) {
    const auto events = load_events(reading, region, id);
    ++result.promises;
    result.events += static_cast<std::int64_t>(events.size());
    const auto row =
        std::find_if(rows.begin(), rows.end(), [&](const PromiseRow& one) { return one.id == id; });
    if (row == rows.end() || *row != row_of(promise_from(events))) result.different.push_back(id);
  }
  result.stray_rows = static_cast<std::int64_t>(rows.size()) - result.promises;
  return result;
}

}  // namespace minhu::promises
