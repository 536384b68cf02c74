// A plan becomes visits: planned ones, that nobody has been told of until somebody publishes them
// (features/visits). What the lot drew gets its days.
#pragma once

#include <string_view>

#include "features/cases/context.h"
#include "features/visit_plans/plan_file.h"

namespace minhu::visit_plans {

struct Accepted {
  std::int64_t made = 0;
  std::int64_t moved = 0;     // planned before, nobody told yet, now on another day or by another
  std::int64_t given_up = 0;  // planned before, nobody told yet, no longer in the plan
};
// All of it or nothing, and each visit is asked about again (asking_again.h). What was announced is
// left as it is: it moves by a step of its own, with a reason and the same channels. Faults:
// not_allowed plans.not_allowed; not_found plans.no_plan; conflict plans.not_the_latest,
// plans.accepted_already; those of ask_again, visits::plan and visits::take_step.
Result<Accepted> accept_plan(Transaction& transaction, const cases::Context& context,
                             std::string_view month, std::int64_t version);

// Which drawn place belongs to which of the days that the plan kept free: in the order drawn. No
// visit is made of them beforehand, for a planned visit stands in lists that many read; whoever
// goes learns the place on the day and plans a field visit then.
struct DrawnDay {
  std::string place;
  accounts::AccountId leader;
  Date date;
};
std::vector<DrawnDay> drawn_days(Reading& reading, RegionId region, std::string_view month);

}  // namespace minhu::visit_plans
