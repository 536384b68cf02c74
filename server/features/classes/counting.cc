#include "features/classes/counting.h"

#include <algorithm>
#include <map>
#include <set>

#include "features/places_and_units/places_and_units.h"

namespace minhu::classes {

namespace {

using recurrence::Count;
using recurrence::Period;

// A town's code, of a village's twelve digits.
constexpr std::size_t town_digits = 9;
// Further back the county was another one.
constexpr std::int64_t longest_memory_months = 60;
constexpr std::int64_t comparison_months = 24;
// A comparison with few cases of its own brings more chance into the result than it takes out.
// Which one is used is decided by how many there are, never by what they say.
constexpr std::int64_t comparison_times = 4;

using PlaceMonths = std::map<std::string, std::map<std::int64_t, std::int64_t>, std::less<>>;

std::vector<Count> filled(const PlaceMonths& seen, const std::set<std::string>& places,
                          std::int64_t first, std::int64_t last) {
  std::vector<Count> counts;
  for (const std::string& place : places) {
    const auto found = seen.find(place);
    for (std::int64_t month = first; month <= last; ++month) {
      std::int64_t cases = 0;
      if (found != seen.end()) {
        const auto at = found->second.find(month);
        if (at != found->second.end()) cases = at->second;
      }
      counts.push_back({place, month, cases, 1, std::nullopt});
    }
  }
  return counts;
}

// Towns of the county, or what the class names.
std::set<std::string> places_of(Reading& reading, const cases::County& county,
                                const Definition& definition) {
  std::set<std::string> places;
  std::vector<std::string> open = definition.places;
  if (open.empty()) open.push_back(std::to_string(county.region.value));
  for (const std::string& code : open) {
    if (code.size() >= town_digits) {
      places.insert(code);
      continue;
    }
    for (const auto& under : places_and_units::places_under(reading, county.region, code)) {
      if (under.code.size() == town_digits) places.insert(under.code);
    }
  }
  return places;
}

std::int64_t cases_in(const std::vector<Count>& counts) {
  std::int64_t sum = 0;
  for (const Count& count : counts) sum += count.cases;
  return sum;
}

std::vector<Count> same_class_elsewhere(Reading& reading, const cases::County& county,
                                        const Matching& matching, const ClassFile& file,
                                        Known known) {
  PlaceMonths seen;
  std::set<std::string> places;
  const Definition anywhere{file.definition.category, {}, file.definition.group};
  for (const Arrival& one :
       matching.matching(reading, county, anywhere, start_of_month(county, known.first),
                         start_of_month(county, known.last + 1))) {
    if (lies_in(one.place, file.definition.places) || file.has(one.id)) continue;
    std::string town(std::string_view(one.place).substr(0, town_digits));
    ++seen[town][month_of(county, one.received_at)];
    places.insert(std::move(town));
  }
  return filled(seen, places, known.first, known.last);
}

// What came there at all, less what came of the class (`own`).
std::vector<Count> other_classes_here(Reading& reading, const cases::County& county,
                                      const Definition& definition, const std::vector<Count>& own,
                                      Known known) {
  PlaceMonths seen;
  std::set<std::string> places;
  each_received(reading, county.region, start_of_month(county, known.first),
                start_of_month(county, known.last + 1), [&](const Passing& one) {
                  if (!lies_in(one.place, definition.places)) return;
                  ++seen[counted_under(one.place, definition)][month_of(county, one.received_at)];
                });
  for (const Count& count : own) {
    places.insert(count.place);
    std::int64_t& all = seen[count.place][count.period];
    all = std::max<std::int64_t>(0, all - count.cases);
  }
  return filled(seen, places, known.first, known.last);
}

bool was_refused(std::string_view state) {
  return state == "not_accepted" || state == "to_legal_road" || state == "closed_to_repeat";
}

// A case that was merged stands as answered as soon as the other one is: those of a year ago have
// all been answered, and would look as if nobody had been merged then.
void count_treatment(recurrence::Treatment& treatment, std::string_view state, bool merged) {
  ++treatment.received;
  if (was_refused(state)) ++treatment.not_accepted;
  if (merged) ++treatment.merged;
  if (state == "withdrawn") ++treatment.withdrawn;
}

// The categories beside this one, where a case would land under another name.
std::vector<std::string> neighbours_of(Reading& reading, RegionId region,
                                       const std::string& category) {
  std::vector<std::string> neighbours;
  const auto line = places_and_units::category_line(reading, region, category);
  if (line.size() < 2) return neighbours;  // nothing above it: everything would be a neighbour
  const auto own = categories_under(reading, region, category);
  for (std::string& one : categories_under(reading, region, line[1])) {
    if (std::find(own.begin(), own.end(), one) == own.end()) neighbours.push_back(std::move(one));
  }
  return neighbours;
}

std::int64_t days_in(std::int64_t month) {
  return (recurrence::first_day(month + 1, Period::month) -
          recurrence::first_day(month, Period::month))
      .count();
}

}  // namespace

std::int64_t month_of(const cases::County& county, Instant instant) {
  return recurrence::period_of(to_date(instant, county.rules.zone), Period::month);
}

Instant start_of_month(const cases::County& county, std::int64_t month) {
  return start_of_day(recurrence::first_day(month, Period::month), county.rules.zone);
}

std::string month_name(std::int64_t month) {
  return format_date(recurrence::first_day(month, Period::month)).substr(0, 7);
}

Known known_months(Reading& reading, const cases::County& county, Instant now) {
  const std::int64_t running = month_of(county, now);
  const auto first = reading.first(
      "SELECT MIN(received_at) FROM case_file WHERE region_id = ?1 AND received_at >= ?2",
      {param(county.region), param(start_of_month(county, running - longest_memory_months))},
      [](const Row& row) { return row.maybe_instant(0); });
  if (!first || !*first) return {running, running - 1};
  // The month of the first case is known from its first case on only.
  return {month_of(county, **first) + 1, running - 1};
}

std::string counted_under(std::string_view place, const Definition& definition) {
  const std::string* longest = nullptr;
  for (const std::string& one : definition.places) {
    if (one.size() >= town_digits && place.starts_with(one) &&
        (longest == nullptr || one.size() > longest->size())) {
      longest = &one;
    }
  }
  return longest != nullptr ? *longest : std::string(place.substr(0, town_digits));
}

std::vector<Count> counts_of(Reading& reading, const cases::County& county,
                             const Definition& definition, const std::vector<Arrival>& arrivals,
                             Known known) {
  PlaceMonths seen;
  std::set<std::string> places = places_of(reading, county, definition);
  for (const Arrival& one : arrivals) {
    const std::int64_t month = month_of(county, one.received_at);
    if (month < known.first || month > known.last) continue;
    std::string place = counted_under(one.place, definition);
    ++seen[place][month];
    places.insert(std::move(place));
  }
  return filled(seen, places, known.first, known.last);
}

Comparison comparison_for(Reading& reading, const cases::County& county, const Matching& matching,
                          const ClassFile& file, const std::vector<Count>& counts, Known known) {
  const std::int64_t treated = month_of(county, start_of_day(*parse_date(file.treated_on)));
  known.first = std::max(known.first, treated - comparison_months);
  std::vector<Count> own = counts;
  std::erase_if(own, [&](const Count& count) { return count.period < known.first; });
  const std::int64_t needed = comparison_times * cases_in(own);
  if (!file.definition.places.empty()) {
    auto elsewhere = same_class_elsewhere(reading, county, matching, file, known);
    if (cases_in(elsewhere) >= needed && !elsewhere.empty()) {
      return {recurrence::Against::same_class_elsewhere, std::move(elsewhere)};
    }
  }
  auto beside = other_classes_here(reading, county, file.definition, own, known);
  if (cases_in(beside) >= needed && !beside.empty()) {
    return {recurrence::Against::other_classes_here, std::move(beside)};
  }
  return {};
}

recurrence::Doors doors_in(Reading& reading, const cases::County& county,
                           const Definition& definition, const std::vector<Arrival>& arrivals,
                           const recurrence::Effect& effect) {
  const std::set<std::int64_t> before(effect.periods_before.begin(), effect.periods_before.end());
  const std::set<std::int64_t> after(effect.periods_after.begin(), effect.periods_after.end());
  recurrence::Doors doors;
  if (before.empty() || after.empty()) return doors;
  const auto neighbours = neighbours_of(reading, county.region, definition.category);
  const std::set<std::string, std::less<>> near(neighbours.begin(), neighbours.end());
  if (!near.empty()) doors.neighbours_before = doors.neighbours_after = 0;

  // A door is open in a month in which anybody in the county came through it.
  std::map<std::string, std::set<std::int64_t>, std::less<>> open;
  std::map<std::string, recurrence::Door, std::less<>> by_name;
  const auto look = [&](const Passing& one) {
    const std::int64_t month = month_of(county, one.received_at);
    const bool was_before = before.contains(month);
    if (!was_before && !after.contains(month)) return;
    open[std::string(one.channel)].insert(month);
    recurrence::Door& door = by_name[std::string(one.channel)];
    door.name = one.channel;
    if (!lies_in(one.place, definition.places)) return;
    ++(was_before ? door.cases_before : door.cases_after);
    count_treatment(was_before ? doors.all_before : doors.all_after, one.state, one.merged);
    if (near.contains(one.category)) {
      ++*(was_before ? doors.neighbours_before : doors.neighbours_after);
    }
  };
  for (const auto* windows : {&before, &after}) {
    each_received(reading, county.region, start_of_month(county, *windows->begin()),
                  start_of_month(county, *windows->rbegin() + 1), look);
  }
  for (auto& [channel, door] : by_name) {
    for (const std::int64_t month : open[channel]) {
      (before.contains(month) ? door.days_open_before : door.days_open_after) += days_in(month);
    }
    doors.doors.push_back(std::move(door));
  }
  for (const Arrival& one : arrivals) {
    const std::int64_t month = month_of(county, one.received_at);
    if (before.contains(month)) count_treatment(doors.class_before, one.state, one.merged);
    if (after.contains(month)) count_treatment(doors.class_after, one.state, one.merged);
  }
  return doors;
}

}  // namespace minhu::classes
