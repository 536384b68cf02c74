#include "features/visit_plans/coverage.h"

#include <algorithm>
#include <map>

#include "engines/tours/problem.h"
#include "features/visit_plans/plan_file.h"
#include "features/visit_plans/seen.h"
#include "features/visits/visits.h"

namespace minhu::visit_plans {

namespace {

std::int64_t rounded_up(std::int64_t number, std::int64_t by) {
  return (number + by - 1) / by;
}

std::string month_of(Date date) {
  return format_date(date).substr(0, 7);
}

// Where nobody has come: counted from the first day of which anything is known.
Date known_since(Reading& reading, RegionId region, Date today) {
  const auto first =
      reading.first("SELECT MIN(received_at) FROM case_file WHERE region_id = ?1", {param(region)},
                    [](const Row& row) { return row.maybe_instant(0); });
  return first && *first ? to_date(**first) : today;
}

}  // namespace

Coverage coverage_of(Reading& reading, const cases::County& county, Instant now,
                     std::optional<Date> from) {
  const RegionId region = county.region;
  const Policy policy = policy_of(reading, region);
  const Date today = to_date(now);
  Coverage coverage;
  coverage.from = from.value_or(tours::due_date(today, -policy.months));
  const auto month = month_named(month_of(today));
  coverage.until = month->until;

  struct Of {
    std::optional<Date> last;
    std::int64_t times = 0;
  };
  std::map<std::string, Of, std::less<>> seen;
  for (const Seen& one : all_seen(reading, region, now)) {
    Of& of = seen[one.place];
    of.last = to_date(one.at);
    if (*of.last >= coverage.from) ++of.times;
  }
  std::map<std::string, Date, std::less<>> planned;
  const Instant far{now.unix_ms + std::int64_t{92} * 24 * 3'600'000};
  for (const visits::VisitRow& row : visits::between(reading, region, now, far)) {
    // An unannounced visit stands in no list before it was made.
    if (row.state == visits::State::cancelled || row.form == visits::Form::field) continue;
    planned.emplace(row.place, to_date(row.begins));
  }
  const Date beginning = known_since(reading, region, today);
  for (Village& village : all_villages(reading, region)) {
    VillageSeen one;
    const auto found = seen.find(village.code);
    if (found != seen.end()) {
      one.last = found->second.last;
      one.times = found->second.times;
    }
    one.due = tours::due_date(one.last.value_or(beginning), policy.months);
    if (const auto next = planned.find(village.code); next != planned.end())
      one.planned = next->second;
    one.village = std::move(village);
    coverage.seen += one.times > 0 ? 1 : 0;
    coverage.never += one.last ? 0 : 1;
    coverage.overdue += one.due < today ? 1 : 0;
    coverage.due_by_then += one.due < coverage.until ? 1 : 0;
    if (one.last && (!coverage.longest || *one.last < *coverage.longest))
      coverage.longest = one.last;
    coverage.villages.push_back(std::move(one));
  }
  const auto villages = static_cast<std::int64_t>(coverage.villages.size());
  coverage.team_days_needed = rounded_up(coverage.due_by_then, policy.most_a_day);
  coverage.team_days_a_month =
      rounded_up(villages, std::int64_t{policy.most_a_day} * policy.months);
  if (const auto plan = load_plan(reading, region, month->name)) {
    coverage.team_days_planned = plan->team_days - static_cast<std::int64_t>(plan->lot_days.size());
  }
  return coverage;
}

}  // namespace minhu::visit_plans
