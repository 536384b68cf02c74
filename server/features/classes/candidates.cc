#include "features/classes/candidates.h"

#include <algorithm>
#include <array>
#include <map>

#include "features/classes/queries.h"
#include "features/classes/store.h"

namespace minhu::classes {

namespace {

constexpr std::int64_t day_ms = std::int64_t{24} * 3'600'000;
constexpr std::int64_t window_days = 30;
constexpr std::size_t windows = 14;  // the one that ends now, and a year with one to spare
constexpr std::size_t a_year_ago = 12;
constexpr std::size_t town_digits = 9;

struct Seen {
  std::array<std::int64_t, windows> cases{};
  Instant first;  // in the window that ends now
};
using Spots = std::map<std::pair<std::string, std::string>, Seen>;  // category, town or ""

Instant beginning(Instant now) {
  return {now.unix_ms - static_cast<std::int64_t>(windows) * window_days * day_ms};
}

Spots spots_in(Reading& reading, RegionId region, Instant now) {
  Spots spots;
  each_received(reading, region, beginning(now), now, [&](const Passing& one) {
    if (one.category.empty()) return;
    const auto window = static_cast<std::size_t>((now.unix_ms - 1 - one.received_at.unix_ms) /
                                                 (window_days * day_ms));
    if (window >= windows) return;
    const std::string town(one.place.substr(0, town_digits));
    for (const std::string& place : {town, std::string()}) {
      Seen& seen = spots[{std::string(one.category), place}];
      ++seen.cases[window];
      if (window == 0 && (seen.first == Instant{} || one.received_at < seen.first)) {
        seen.first = one.received_at;
      }
      if (town.empty()) break;  // without a place it is of the county alone
    }
  });
  return spots;
}

// How many windows of the past are known at all: a young county has no year behind it.
std::size_t known_windows(Reading& reading, RegionId region, Instant now) {
  const auto first = reading.first(
      "SELECT MIN(received_at) FROM case_file WHERE region_id = ?1 AND received_at >= ?2",
      {param(region), param(beginning(now))}, [](const Row& row) { return row.maybe_instant(0); });
  if (!first || !*first) return 0;
  const std::int64_t whole = (now.unix_ms - (*first)->unix_ms) / (window_days * day_ms);
  return std::min(windows, static_cast<std::size_t>(std::max<std::int64_t>(0, whole)));
}

// A class of it, or somebody said lately that it is none.
bool is_taken(Reading& reading, RegionId region, const std::vector<ClassRow>& rows,
              const Definition& definition, Instant now) {
  return std::any_of(rows.begin(), rows.end(), [&](const ClassRow& row) {
    const Instant lately{now.unix_ms - dismissed_days * day_ms};
    if (row.state == State::rejected) {
      return row.definition == definition && row.changed_at > lately;
    }
    const auto categories = categories_under(reading, region, row.definition.category);
    const bool same =
        std::find(categories.begin(), categories.end(), definition.category) != categories.end();
    return same &&
           (definition.places.empty() || lies_in(definition.places.front(), row.definition.places));
  });
}

}  // namespace

Result<Candidates> candidates(Reading& reading, const cases::County& county, Instant now) {
  const Spots seen = spots_in(reading, county.region, now);
  const std::size_t known = known_windows(reading, county.region, now);
  std::vector<recurrence::Spot> spots;
  for (const auto& [spot, counted] : seen) {
    recurrence::Spot one{spot.first, spot.second, counted.cases[0], {}, 1};
    for (std::size_t i = 1; i < known; ++i) one.earlier.push_back(counted.cases[i]);
    spots.push_back(std::move(one));
  }
  const recurrence::HotSettings settings;
  MINHU_TRY(const recurrence::Rising rising, recurrence::hot(spots, settings));

  Candidates found;
  found.to = to_date(now, county.rules.zone);
  found.from = to_date({now.unix_ms - window_days * day_ms}, county.rules.zone);
  found.false_part = settings.false_part;
  found.false_alarms_expected = rising.false_alarms_expected;
  const auto rows = all_rows(reading, county.region);
  for (const recurrence::Hot& hot : rising.spots) {
    if (found.found.size() == most_candidates) break;
    Candidate candidate;
    candidate.definition.category = hot.category;
    if (!hot.place.empty()) candidate.definition.places = {hot.place};
    if (is_taken(reading, county.region, rows, candidate.definition, now)) continue;
    const Seen& counted = seen.at({hot.category, hot.place});
    candidate.counted = hot.cases;
    candidate.expected = hot.expected;
    candidate.sentence = hot.sentence;
    candidate.first_seen = counted.first;
    if (known > a_year_ago) candidate.last_year = counted.cases[a_year_ago];
    found.found.push_back(std::move(candidate));
  }
  return found;
}

}  // namespace minhu::classes
