#include <algorithm>
#include <map>

#include "features/cases/access.h"
#include "features/cases/closure.h"
#include "features/cases/content.h"
#include "features/cases/said.h"
#include "features/cases/store.h"
#include "features/cases/watch.h"
#include "features/places_and_units/places_and_units.h"

namespace minhu::cases {

namespace {

namespace units = places_and_units;

constexpr std::int64_t soon_ms = std::int64_t{3} * 24 * 3'600'000;
constexpr std::int64_t counted_up_to = 1000;
constexpr std::int64_t for_ever = std::numeric_limits<std::int64_t>::max();

// Whose turn it is, by what the unit must do. `close` waits for the speaker's own time, and who was
// asked beside the case has a list of their own.
constexpr Part duties[] = {Part::dispatch, Part::lead, Part::call_back, Part::review};

// Some lists show what will be, too: every order that is owed, everything that goes to and fro.
std::int64_t listed_until(Watch watch, Instant now) {
  return watch == Watch::owed || watch == Watch::bouncing ? for_ever : now.unix_ms;
}

struct Found {
  WatchCursor cursor;
};

bool earlier(const Found& a, const Found& b) {
  return std::tuple(a.cursor.at, a.cursor.case_id, a.cursor.unit) <
         std::tuple(b.cursor.at, b.cursor.case_id, b.cursor.unit);
}

std::vector<UnitId> units_to_look_at(Reading& reading, RegionId region, UnitId one) {
  if (!one.empty()) return {one};
  std::vector<UnitId> all;
  for (const units::Unit& unit : units::all_units(reading, region)) all.push_back(unit.id);
  return all;
}

// The first of each queue, put in one order: a county has some hundreds of units, and each question
// reads its own part of the key and no more than a page.
std::vector<Found> overdue(Reading& reading, const Context& context, UnitId one,
                           const WatchCursor& from, std::int64_t limit) {
  const RegionId region = context.county.region;
  const Uuid none{};
  std::vector<Found> all;
  for (const UnitId unit : units_to_look_at(reading, region, one)) {
    for (const Part part : duties) {
      const auto some = reading.all(
          "SELECT due, case_id FROM queue_entry WHERE region_id = ?1 AND unit_id = ?2 "
          "AND part = ?3 AND (due, case_id) >= (?4, ?5) AND due < ?6 ORDER BY due, case_id "
          "LIMIT ?7",
          {param(region), param(unit), name(part), from.at,
           from.case_id.empty() ? Parameter(BytesView(none)) : param(from.case_id),
           context.now.unix_ms, limit + 1},
          [&](const Row& row) { return Found{{row.integer(0), row.id<CaseId>(1), unit}}; });
      all.insert(all.end(), some.begin(), some.end());
    }
  }
  std::sort(all.begin(), all.end(), earlier);
  std::erase_if(all, [&](const Found& found) { return !earlier({from}, found); });
  if (static_cast<std::int64_t>(all.size()) > limit) all.resize(static_cast<std::size_t>(limit));
  return all;
}

std::vector<Found> rows(Reading& reading, const Context& context, Watch watch, UnitId one,
                        const WatchCursor& from, std::int64_t limit) {
  const std::int64_t until = listed_until(watch, context.now);
  const Uuid none{};
  const auto read = [](const Row& row) {
    return Found{{row.integer(0), row.id<CaseId>(1), row.id<UnitId>(2)}};
  };
  const auto after_case = from.case_id.empty() ? Parameter(BytesView(none)) : param(from.case_id);
  const auto after_unit = from.unit.empty() ? Parameter(BytesView(none)) : param(from.unit);
  if (one.empty()) {
    return reading.all(
        "SELECT at, case_id, unit_id FROM watch_entry WHERE region_id = ?1 AND watch = ?2 "
        "AND (at, case_id, unit_id) > (?3, ?4, ?5) AND at <= ?6 ORDER BY at, case_id, unit_id "
        "LIMIT ?7",
        {param(context.county.region), name(watch), from.at, after_case, after_unit, until, limit},
        read);
  }
  return reading.all(
      "SELECT at, case_id, unit_id FROM watch_entry WHERE region_id = ?1 AND watch = ?2 "
      "AND (at, case_id, unit_id) > (?3, ?4, ?5) AND at <= ?6 AND unit_id = ?7 "
      "ORDER BY at, case_id, unit_id LIMIT ?8",
      {param(context.county.region), name(watch), from.at, after_case, after_unit, until,
       param(one), limit},
      read);
}

// Empty also where the words cannot be read: one such case must not hide the others.
std::string headline_of(Reading& reading, const Context& context, const CaseFile& file) {
  if (file.erased || file.words.empty()) return {};
  const auto key = load_case_key(reading, context.county.region, file.id, context.keyring);
  if (!key) return {};
  const auto said = read_content(reading, context.county.region, *key, file.words);
  return said ? headline(said_of(to_text(*said))) : std::string();
}

// What one case adds to the numbers of the units that have it.
void leave_out(const Context& context, const CaseFile& file, std::map<UnitId, UnitLoad>& loads) {
  const RunningClock* clock = next_due(file);
  for (const Waiting& waiting : waiting_for(file)) {
    if (std::find(std::begin(duties), std::end(duties), waiting.part) == std::end(duties)) continue;
    UnitLoad& load = loads[waiting.unit];
    ++load.open;
    if (clock == nullptr) continue;
    if (clock->due < context.now) {
      ++load.overdue;
    } else if (clock->due.unix_ms < context.now.unix_ms + soon_ms) {
      ++load.due_soon;
    }
  }
  for (const Watched& one : watched(file)) {
    if (one.watch == Watch::silent_half && one.at <= context.now) ++loads[one.unit].silent;
  }
}

}  // namespace

Result<std::vector<WatchLine>> watch_list(Reading& reading, const Context& context, Watch watch,
                                          UnitId unit, std::optional<WatchCursor> after,
                                          std::int64_t limit) {
  if (!accounts::decide(context.actor, "case:supervise").allowed) {
    return fail(FaultCode::not_allowed, "cases.not_allowed");
  }
  limit = std::clamp<std::int64_t>(limit, 1, 200);
  WatchCursor from = after.value_or(WatchCursor{-1, {}, {}});
  std::vector<WatchLine> lines;
  Sight sight(reading, context);
  // Read on until the page is full: a short one would say that something was left out of it.
  for (;;) {
    const auto found = watch == Watch::overdue ? overdue(reading, context, unit, from, limit)
                                               : rows(reading, context, watch, unit, from, limit);
    for (const Found& one : found) {
      auto file = load_file(reading, context.county.region, one.cursor.case_id);
      if (!file || !sight.may_read(*file)) continue;
      std::string headline = headline_of(reading, context, *file);
      WatchLine line{std::move(*file), std::move(headline), one.cursor.unit,
                     {one.cursor.at},  std::nullopt,        one.cursor};
      if (const RunningClock* clock = next_due(line.file)) line.due = clock->due;
      lines.push_back(std::move(line));
      if (static_cast<std::int64_t>(lines.size()) == limit) return lines;
    }
    if (static_cast<std::int64_t>(found.size()) < limit) return lines;
    from = found.back().cursor;
  }
}

std::vector<WatchCount> watch_counts(Reading& reading, const Context& context) {
  std::map<Watch, std::int64_t> hidden;
  for (const CaseFile& file : kept_from(reading, context)) {
    for (const Watched& one : watched(file)) {
      if (one.at.unix_ms <= listed_until(one.watch, context.now)) ++hidden[one.watch];
    }
  }
  std::vector<WatchCount> counts;
  for (const Watch watch : all_watches()) {
    if (watch == Watch::overdue) continue;
    // As many more are counted as are then left out: the number must not say that there are some.
    const auto waiting = reading.first(
        "SELECT count(*) FROM (SELECT 1 FROM watch_entry WHERE region_id = ?1 AND watch = ?2 "
        "AND at <= ?3 LIMIT ?4) AS counted",
        {param(context.county.region), name(watch), listed_until(watch, context.now),
         counted_up_to + hidden[watch]},
        [](const Row& row) { return row.integer(0); });
    counts.push_back({watch, waiting.value_or(0) - hidden[watch]});
  }
  return counts;
}

std::vector<UnitLoad> workload(Reading& reading, const Context& context) {
  const RegionId region = context.county.region;
  std::map<UnitId, std::int64_t> silent;
  reading.query(
      "SELECT unit_id, count(*) FROM watch_entry WHERE region_id = ?1 AND watch = ?2 AND at <= ?3 "
      "GROUP BY unit_id",
      {param(region), name(Watch::silent_half), param(context.now)},
      [&](const Row& row) { silent[row.id<UnitId>(0)] = row.integer(1); });
  std::map<UnitId, UnitLoad> hidden;
  for (const CaseFile& file : kept_from(reading, context)) leave_out(context, file, hidden);
  std::vector<UnitLoad> loads;
  for (const units::Unit& unit : units::all_units(reading, region)) {
    UnitLoad load{unit.id, unit.name, 0, 0, 0, 0};
    for (const Part part : duties) {
      reading.query(
          "SELECT count(*), sum(CASE WHEN due < ?4 THEN 1 ELSE 0 END), "
          "sum(CASE WHEN due >= ?4 AND due < ?5 THEN 1 ELSE 0 END) FROM queue_entry "
          "WHERE region_id = ?1 AND unit_id = ?2 AND part = ?3",
          {param(region), param(unit.id), name(part), context.now.unix_ms,
           context.now.unix_ms + soon_ms},
          [&](const Row& row) {
            load.open += row.integer(0);
            load.overdue += row.integer(1);
            load.due_soon += row.integer(2);
          });
    }
    if (const auto found = silent.find(unit.id); found != silent.end()) load.silent = found->second;
    const UnitLoad& less = hidden[unit.id];
    load.open -= less.open;
    load.overdue -= less.overdue;
    load.due_soon -= less.due_soon;
    load.silent -= less.silent;
    if (load.open > 0) loads.push_back(std::move(load));
  }
  std::sort(loads.begin(), loads.end(),
            [](const UnitLoad& a, const UnitLoad& b) { return a.unit_name < b.unit_name; });
  return loads;
}

}  // namespace minhu::cases
