// Proof that the rows of today are what the events say: everything is derived again and compared.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "features/cases/event.h"
#include "features/cases/kinds.h"
#include "ports/storage.h"

namespace minhu::cases {

struct Rebuilt {
  std::int64_t cases = 0;
  std::int64_t events = 0;
  std::vector<CaseId>
      different;  // the row, a clock or a place in a queue is not what the events give
  std::int64_t stray_queue_entries = 0;  // places in queues, and rows of watches, that no case
                                         // accounts for
};

// Whether the rows of today of one case are what its events give. StorageFailure when an event
// cannot be read at all.
bool stands(Reading& reading, RegionId region, CaseId id);

// Of many, whose events are those: which stand. A case whose events cannot follow each other does
// not.
std::set<CaseId> those_that_stand(Reading& reading, RegionId region,
                                  const std::map<CaseId, std::vector<Event>>& histories);

enum class OnDifference { report, repair };

// Every case of the region. With `repair` a differing case is written anew from its events, and
// places in queues that no case accounts for go. `sample`: each n-th case only, and no such place.
Rebuilt rebuild(Database& database, RegionId region, OnDifference on_difference,
                std::int64_t sample = 1);

}  // namespace minhu::cases
