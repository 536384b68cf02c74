// How far the county has been seen: in this term, how long ago at the longest, and whether the days
// there are suffice to keep the limit. Places and days of an office; nobody is counted.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "features/cases/context.h"
#include "features/visit_plans/policy.h"
#include "features/visit_plans/villages.h"

namespace minhu::visit_plans {

struct VillageSeen {
  Village village;
  std::optional<Date> last;     // nobody has come yet
  std::int64_t times = 0;       // since `from`
  Date due;                     // the next visit at the latest
  std::optional<Date> planned;  // announced or planned, the next one
};

struct Coverage {
  Date from;  // of the term
  Date until;
  std::vector<VillageSeen> villages;  // by code
  std::int64_t seen = 0;              // at least once since `from`
  std::int64_t overdue = 0;           // their limit is over
  // The longest unseen: its date, or nothing where there are villages that nobody ever saw.
  std::optional<Date> longest;
  std::int64_t never = 0;

  // Until the end of the month `until`: villages whose limit ends, and the team-days that the
  // policy's visits a day would need for them.
  std::int64_t due_by_then = 0;
  std::int64_t team_days_needed = 0;
  std::int64_t team_days_planned = 0;  // of the latest plan of that month, without those of the lot
  // A month, to see every village once within the limit.
  std::int64_t team_days_a_month = 0;
  std::int64_t short_by() const {
    return team_days_needed > team_days_planned ? team_days_needed - team_days_planned : 0;
  }
};
// `from` absent: since as many months as the limit.
Coverage coverage_of(Reading& reading, const cases::County& county, Instant now,
                     std::optional<Date> from);

}  // namespace minhu::visit_plans
