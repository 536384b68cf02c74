// What people want of a month's plan: a village on a certain day, a village left out. Each with a
// written reason that is kept and counted, so that "pin the pretty village" can be seen.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "features/cases/context.h"
#include "features/visit_plans/cycle.h"

namespace minhu::visit_plans {

enum class WishKind : std::uint8_t {
  pin,     // on this day
  refuse,  // not in this month
  lift,    // what was wished before no longer holds
};
std::string_view name(WishKind) noexcept;
std::optional<WishKind> wish_named(std::string_view) noexcept;

struct Wish {
  WishKind kind = WishKind::pin;
  std::string place;
  std::optional<Date> date;  // of a pin
  std::string reason;
  Instant at;
};

// Faults: not_allowed plans.not_allowed; not_found plans.no_cycle, plans.no_such_village; conflict
// plans.announced (people were told: the visit itself must be moved), plans.must_be_seen (its limit
// ends within the month: nobody refuses it); invalid_input plans.bad_date (no day of the month),
// plans.reason_missing, plans.reason_long, plans.personal_details.
Outcome add_wish(Transaction& transaction, const cases::Context& context, std::string_view month,
                 const Wish& wish);

// All of them, in order.
std::vector<Wish> all_wishes(Reading& reading, RegionId region, std::string_view month);
// Those that hold now, by place.
std::map<std::string, Wish> wishes_in_force(const std::vector<Wish>& all);

}  // namespace minhu::visit_plans
