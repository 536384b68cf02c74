#include "features/cases/watch.h"

#include <algorithm>
#include <array>

#include "features/cases/edges.h"
#include "ports/in_groups.h"

namespace minhu::cases {

namespace {

constexpr std::int64_t day_ms = std::int64_t{24} * 3'600'000;
constexpr std::int64_t co_unit_silent_days = 3;
constexpr std::int64_t sent_back_days = 5;
constexpr std::int64_t undecided_days = 5;
constexpr std::int64_t returns_to_look_at = 2;

constexpr States with_a_unit{State::dispatched, State::signed_in, State::accepted,
                             State::in_hearing, State::in_mediation};

constexpr std::array watches{Watch::overdue,   Watch::silent_half, Watch::silent_co,
                             Watch::sent_back, Watch::bouncing,    Watch::owed,
                             Watch::asks_again};
constexpr std::array<std::string_view, watches.size()> watch_names{
    "overdue", "silent_half", "silent_co", "sent_back", "bouncing", "owed", "asks_again"};

// Half of the time of the date that the unit works towards. Acting, not taking it, ends the
// silence, and only acting since that clock began.
void add_silent_half(const CaseFile& file, std::vector<Watched>& all) {
  if (file.lead_unit.empty() || !with_a_unit.has(file.state)) return;
  const RunningClock* clock = next_due(file);
  if (clock == nullptr || !clock->unit.empty()) return;
  if (file.lead_acted_at && *file.lead_acted_at > clock->started) return;
  const Instant half{clock->started.unix_ms + (clock->due.unix_ms - clock->started.unix_ms) / 2};
  all.push_back({Watch::silent_half, half, file.lead_unit});
}

void add_owed(const CaseFile& file, std::vector<Watched>& all) {
  for (const RunningClock& clock : file.clocks) {
    if (clock.met_at || clock.unit.empty()) continue;
    all.push_back({Watch::owed, clock.due, clock.unit});
  }
}

void add(Transaction& transaction, RegionId region, CaseId id, const Watched& one) {
  transaction.execute(
      "INSERT INTO watch_entry(region_id, watch, at, case_id, unit_id) VALUES (?1, ?2, ?3, ?4, ?5)",
      {param(region), name(one.watch), param(one.at), param(id), param(one.unit)});
}

void remove(Transaction& transaction, RegionId region, CaseId id, const Watched& one) {
  transaction.execute(
      "DELETE FROM watch_entry WHERE region_id = ?1 AND watch = ?2 AND at = ?3 AND case_id = ?4 "
      "AND unit_id = ?5",
      {param(region), name(one.watch), param(one.at), param(id), param(one.unit)});
}

bool among(const std::vector<Watched>& all, const Watched& one) {
  return std::find(all.begin(), all.end(), one) != all.end();
}

}  // namespace

std::string_view name(Watch watch) noexcept {
  return watch_names[static_cast<std::size_t>(watch)];
}

std::optional<Watch> watch_named(std::string_view text) noexcept {
  for (const Watch watch : watches) {
    if (name(watch) == text) return watch;
  }
  return std::nullopt;
}

std::span<const Watch> all_watches() noexcept {
  return watches;
}

std::vector<Watched> watched(const CaseFile& file) {
  if (file.erased) return {};
  std::vector<Watched> all;
  if (file.track == Track::accusation) return all;
  add_silent_half(file, all);
  if (with_a_unit.has(file.state)) {
    for (const SilentUnit& co : file.silent_co_units) {
      all.push_back({Watch::silent_co, {co.since.unix_ms + co_unit_silent_days * day_ms}, co.unit});
    }
  }
  const UnitId has_it = file.lead_unit.empty() ? file.dispatching_unit : file.lead_unit;
  if (file.sent_back_at && with_a_unit.has(file.state)) {
    all.push_back(
        {Watch::sent_back, {file.sent_back_at->unix_ms + sent_back_days * day_ms}, has_it});
  }
  const bool bounces = file.returned >= returns_to_look_at || file.joint_conference;
  if (bounces && file.returned_at && before_answer.has(file.state)) {
    all.push_back({Watch::bouncing, *file.returned_at, has_it});
  }
  if (file.asks_again_at) {
    all.push_back({Watch::asks_again,
                   {file.asks_again_at->unix_ms + undecided_days * day_ms},
                   file.dispatching_unit});
  }
  add_owed(file, all);
  // A unit that is asked twice for the same day (an order and a recommendation) is one row.
  for (std::size_t i = 0; i < all.size(); ++i) {
    const Watched one = all[i];
    all.erase(std::remove(all.begin() + static_cast<std::ptrdiff_t>(i) + 1, all.end(), one),
              all.end());
  }
  return all;
}

void save_watched(Transaction& transaction, RegionId region, const std::optional<CaseFile>& before,
                  const CaseFile& now) {
  const auto old_rows = before ? watched(*before) : std::vector<Watched>();
  const auto new_rows = watched(now);
  for (const Watched& one : old_rows) {
    if (!among(new_rows, one)) remove(transaction, region, now.id, one);
  }
  for (const Watched& one : new_rows) {
    if (!among(old_rows, one)) add(transaction, region, now.id, one);
  }
}

bool watch_rows_stand(Reading& reading, RegionId region, const CaseFile& file) {
  const auto rows = watched(file);
  return std::all_of(rows.begin(), rows.end(), [&](const Watched& one) {
    return reading
        .first(
            "SELECT 1 FROM watch_entry WHERE region_id = ?1 AND watch = ?2 AND at = ?3 "
            "AND case_id = ?4 AND unit_id = ?5",
            {param(region), name(one.watch), param(one.at), param(file.id), param(one.unit)},
            [](const Row&) { return true; })
        .has_value();
  });
}

namespace {

#define MINHU_THAT_ROW " FROM watch_entry WHERE region_id = ?1 AND watch = "
constexpr std::size_t rows_a_question = 8;
constexpr std::string_view which_rows_stand =
    "SELECT 0" MINHU_THAT_ROW
    "?2 AND at = ?3 AND case_id = ?4 AND unit_id = ?5 "
    "UNION ALL SELECT 1" MINHU_THAT_ROW
    "?6 AND at = ?7 AND case_id = ?8 AND unit_id = ?9 "
    "UNION ALL SELECT 2" MINHU_THAT_ROW
    "?10 AND at = ?11 AND case_id = ?12 AND unit_id = ?13 "
    "UNION ALL SELECT 3" MINHU_THAT_ROW
    "?14 AND at = ?15 AND case_id = ?16 AND unit_id = ?17 "
    "UNION ALL SELECT 4" MINHU_THAT_ROW
    "?18 AND at = ?19 AND case_id = ?20 AND unit_id = ?21 "
    "UNION ALL SELECT 5" MINHU_THAT_ROW
    "?22 AND at = ?23 AND case_id = ?24 AND unit_id = ?25 "
    "UNION ALL SELECT 6" MINHU_THAT_ROW
    "?26 AND at = ?27 AND case_id = ?28 AND unit_id = ?29 "
    "UNION ALL SELECT 7" MINHU_THAT_ROW "?30 AND at = ?31 AND case_id = ?32 AND unit_id = ?33";

}  // namespace

std::set<CaseId> missing_in_watches(Reading& reading, RegionId region,
                                    std::span<const CaseFile> files) {
  struct Owed {
    const CaseFile* file;
    Watched row;
  };
  std::vector<Owed> owed;
  for (const CaseFile& file : files) {
    for (const Watched& row : watched(file)) owed.push_back({&file, row});
  }
  const std::vector<bool> stand = found_in_groups<rows_a_question>(
      reading, which_rows_stand, param(region), owed, [](Parameters& key, const Owed& one) {
        key.add(name(one.row.watch));
        key.add(param(one.row.at));
        key.add(param(one.file->id));
        key.add(param(one.row.unit));
      });
  std::set<CaseId> missing;
  for (std::size_t i = 0; i < owed.size(); ++i) {
    if (!stand[i]) missing.insert(owed[i].file->id);
  }
  return missing;
}

std::int64_t watch_rows(Reading& reading, RegionId region) {
  return reading
      .first("SELECT count(*) FROM watch_entry WHERE region_id = ?1", {param(region)},
             [](const Row& row) { return row.integer(0); })
      .value_or(0);
}

}  // namespace minhu::cases
