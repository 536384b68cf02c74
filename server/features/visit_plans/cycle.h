// A month of planning. Before it begins everything that a plan will be made from is frozen and its
// hash published: weights, limit, and the silence of every village. Within the month a word can
// only raise the known need of its own village (engines/silence/value.h).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engines/silence/value.h"
#include "features/cases/context.h"
#include "features/visit_plans/policy.h"
#include "features/visit_plans/reason.h"
#include "features/visit_plans/villages.h"

namespace minhu::visit_plans {

struct FrozenVillage {
  std::string place;
  silence::Points silence = 0;
  silence::Quiet quiet;
};

struct FrozenCycle {
  Month month;
  Policy policy;
  silence::Cycle cycle;
  std::vector<std::string> classes;     // of troubles: categories at the root of the tree
  std::vector<FrozenVillage> villages;  // by code
  Digest seal{};                        // silence::seal_of
  std::int64_t matters = 0;             // that were read
  std::int64_t no_village = 0;          // cases that name none
  Instant published_at;

  const FrozenVillage* find(std::string_view place) const;
};

// Reads and computes; some seconds for a county. Every village's silence is set at its last visit
// and only then, from what had been said until that day; afterwards it grows by itself and by what
// other towns show. Faults: invalid_input plans.bad_month; conflict plans.no_villages,
// plans.month_is_over, plans.too_early (more than two months ahead), plans.frozen_already.
Result<FrozenCycle> prepare_cycle(Reading& reading, const cases::Context& context,
                                  std::string_view month);
// Writes it, once. Faults: not_allowed plans.not_allowed, conflict plans.frozen_already.
Outcome publish_cycle(Transaction& transaction, const cases::Context& context,
                      const FrozenCycle& frozen);

// Fault not_found plans.no_cycle.
Result<FrozenCycle> load_cycle(Reading& reading, RegionId region, std::string_view month);
std::vector<std::string> all_cycles(Reading& reading, RegionId region);  // the latest first
// What was published of each, without its villages; the latest first.
struct PublishedCycle {
  Month month;
  Digest seal{};
  Instant published_at;
};
std::vector<PublishedCycle> published_cycles(Reading& reading, RegionId region, std::int64_t most);
// Whether the stored rows are those whose hash was published. Fault conflict plans.seal_broken.
Outcome check_seal(const FrozenCycle& frozen);

}  // namespace minhu::visit_plans
