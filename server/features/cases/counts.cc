#include "features/cases/counts.h"

#include <algorithm>

#include "features/cases/closure.h"

namespace minhu::cases {

namespace {

struct Tally {
  std::int64_t received = 0;
  std::int64_t closed = 0;
  std::int64_t solved = 0;
};

std::chrono::year_month month_of(Instant instant, FixedZone zone) {
  const std::chrono::year_month_day day(to_date(instant, zone));
  return day.year() / day.month();
}

std::optional<std::int64_t> shown(std::int64_t count) {
  return count < smallest_shown ? std::nullopt : std::optional(count);
}

}  // namespace

std::vector<MonthCounts> counts_by_month(Reading& reading, const County& county, Instant now,
                                         int months) {
  const FixedZone zone = county.rules.zone;
  const auto latest = month_of(now, zone);
  const auto earliest = latest - std::chrono::months(months - 1);
  const Instant since = start_of_day(Date(earliest / 1), zone);
  std::vector<Tally> tallies(static_cast<std::size_t>(months));
  const auto tally_of = [&](Instant instant) -> Tally* {
    const auto back = (latest - month_of(instant, zone)).count();
    return back < 0 || back >= months ? nullptr : &tallies[static_cast<std::size_t>(back)];
  };
  // Two questions, each with an index of its own: one with OR may read the whole county.
  reading.query(
      "SELECT received_at FROM case_file WHERE region_id = ?1 AND received_at >= ?2 "
      "AND track <> 'accusation'",
      {param(county.region), param(since)}, [&](const Row& row) {
        if (Tally* month = tally_of(row.instant(0))) ++month->received;
      });
  reading.query(
      "SELECT closed_at, solved FROM case_file WHERE region_id = ?1 AND closed_at >= ?2 "
      "AND track <> 'accusation' AND state NOT IN ('withdrawn', 'voided')",
      {param(county.region), param(since)}, [&](const Row& row) {
        Tally* month = tally_of(row.instant(0));
        if (month == nullptr) return;
        ++month->closed;
        if (row.text(1) == "yes") ++month->solved;
      });
  std::vector<MonthCounts> counts;
  for (int back = 0; back < months; ++back) {
    const Tally& tally = tallies[static_cast<std::size_t>(back)];
    counts.push_back({Date((latest - std::chrono::months(back)) / 1), shown(tally.received),
                      shown(tally.closed), shown(tally.solved)});
  }
  return counts;
}

bool any_case(Reading& reading, RegionId region) {
  return reading
      .first("SELECT 1 FROM case_file WHERE region_id = ?1 LIMIT 1", {param(region)},
             [](const Row&) { return true; })
      .has_value();
}

std::int64_t open_cases_at(Reading& reading, const Context& context, UnitId unit) {
  const RegionId region = context.county.region;
  std::int64_t count = 0;
  reading.query(
      "SELECT DISTINCT case_id FROM queue_entry WHERE region_id = ?1 AND unit_id = ?2 "
      "AND NOT EXISTS (SELECT 1 FROM case_file f WHERE f.region_id = ?1 "
      "AND f.case_id = queue_entry.case_id AND f.track = 'accusation')",
      {param(region), param(unit)}, [&](const Row&) { ++count; });
  for (const CaseFile& file : kept_from(reading, context)) {
    const auto waiting = waiting_for(file);
    if (std::any_of(waiting.begin(), waiting.end(),
                    [&](const Waiting& one) { return one.unit == unit; })) {
      --count;
    }
  }
  return count;
}

std::vector<Matters> matters_received(Reading& reading, RegionId region, Instant from, Instant to) {
  return reading.all(
      "SELECT category, place, count(*) FROM case_file WHERE region_id = ?1 "
      "AND received_at >= ?2 AND received_at < ?3 AND track <> 'accusation' "
      "GROUP BY category, place",
      {param(region), param(from), param(to)}, [](const Row& row) {
        return Matters{std::string(row.text(0)), std::string(row.text(1)), row.integer(2)};
      });
}

}  // namespace minhu::cases
