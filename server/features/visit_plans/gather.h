// From the county's cases to what the engine of silence counts: matters by place and class, how
// many different people spoke of each, and when people no longer had to. And to the known need of
// every place. Places only; nothing here says who spoke.
//
// A speaker is the receipt: its id hashed under a key that is drawn for each call and kept nowhere.
// Whoever has two receipts for one matter counts twice, unless an office has closed the second as a
// repeat of the first; nobody's contact is opened to know better.
#pragma once

#include <vector>

#include "engines/silence/need.h"
#include "engines/silence/record.h"
#include "features/cases/context.h"
#include "features/visit_plans/policy.h"
#include "features/visit_plans/seen.h"
#include "features/visit_plans/villages.h"

namespace minhu::visit_plans {

struct Gathered {
  silence::Record record;  // its places are those of `villages`, in their order
  // Of each village, as it stands at the end of the record; matters of one family too.
  std::vector<std::vector<silence::Known>> known;
  std::int64_t no_village = 0;  // that name no village: counted nowhere else
};

// Fault conflict plans.no_villages.
Result<Gathered> gather(Reading& reading, const cases::County& county, Entropy& entropy,
                        const Policy& policy, const std::vector<Village>& villages,
                        const std::vector<Seen>& seen, Instant until);

}  // namespace minhu::visit_plans
