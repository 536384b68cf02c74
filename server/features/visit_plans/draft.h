// A plan of a month: from the frozen cycle, the needs of today and the days of the leaders to the
// problem that the engine of tours solves, and back to villages with their reasons.
//
// begin_draft reads; make_plan takes its time and needs no database; keep_draft writes. The problem
// is kept as the very text that the engine read: `minhu tours plan` with the same seed and
// iterations gives the same plan, byte for byte.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "engines/tours/plan.h"
#include "features/cases/context.h"
#include "features/visit_plans/plan_file.h"
#include "features/visit_plans/wishes.h"
#include "features/visits/visits.h"

namespace minhu::visit_plans {

// One leader and the days on which they are there; on all others they are on leave.
struct LeaderDays {
  accounts::AccountId account;
  std::vector<Date> dates;
  // That they speak. Not given: as the plan before says (plan_file.h, languages_remembered).
  std::optional<std::vector<std::string>> languages;
  // As it will be made public. Empty: from the registers, and where they say nothing as the plan
  // before of this month had it, or as everybody was told last (leaders.h).
  std::string name;
  std::string post;
  std::string portfolio;
  std::optional<visits::Rank> rank;
};
struct Order {
  std::vector<LeaderDays> leaders;
  std::uint64_t seed = 1;
  std::int64_t iterations = 20'000;
};
inline constexpr std::int64_t most_iterations = 2'000'000;

struct Draft {
  Month month;
  Order order;
  std::string problem_json;
  tours::Problem problem;
  std::int64_t team_days = 0;
  // Kept free for the lot: no stop of the plan lies on them.
  std::vector<LotDay> lot_days;
  std::map<std::string, std::vector<silence::Reason>> why;  // by place: need, silence, age
  std::map<std::string, std::string> due;                   // by place
  std::vector<PlanStop> settled;  // that no search is asked about: refused, or seen to otherwise
};

// Faults: not_allowed plans.not_allowed; not_found plans.no_cycle; conflict plans.seal_broken,
// plans.month_is_over, plans.no_hall, plans.nothing_left; invalid_input plans.no_days (no leader
// has a day that is left), plans.not_a_leader (details: account), plans.post_missing,
// plans.portfolio_missing (details: leader), plans.bad_date, plans.bad_iterations (1 to 2,000,000)
// and those of visits::public_leader; too_large tours.too_many_tours.
Result<Draft> begin_draft(Reading& reading, const cases::Context& context, std::string_view month,
                          const Order& order);
tours::Work work_of(const Order& order);
// Gives the version. Faults: not_allowed plans.not_allowed.
Result<std::int64_t> keep_draft(Transaction& transaction, const cases::Context& context,
                                const Draft& draft, const tours::Plan& plan);

}  // namespace minhu::visit_plans
