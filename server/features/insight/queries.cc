#include "features/insight/queries.h"

#include <algorithm>
#include <array>

#include "features/insight/sums.h"

namespace minhu::insight {

namespace {

constexpr std::array<std::string_view, 4> size_names{"few", "small", "medium", "large"};

struct Flow {
  std::string_view name;
  Measure measure;
};
constexpr Flow flows[] = {{"sent", Measure::sent},
                          {"returned", Measure::returned},
                          {"return_upheld", Measure::return_upheld},
                          {"reopened", Measure::reopened},
                          {"extended", Measure::extended_at},
                          {"merged", Measure::merged},
                          {"review_asked", Measure::review_asked},
                          {"review_decided", Measure::review_decided},
                          {"supervised", Measure::supervised},
                          {"recommended", Measure::recommended},
                          {"rated_alone", Measure::rated_alone}};

constexpr Flow durations[] = {{"days_to_solved", Measure::days_to_solved},
                              {"days_to_answer", Measure::days_to_answer},
                              {"days_to_accept", Measure::days_to_accept}};

using ByUnit = std::map<UnitId, Counts>;

Cells read_cells(Reading& reading, const cases::County& county, Piece first, Piece last,
                 UnitId only, Instant now) {
  Cells cells = sums(reading, county.region, first, last, only);
  leave_out_what_is_not_due(cells, to_date(now, county.rules.zone));
  return cells;
}

ByUnit by_unit(const Cells& cells, std::optional<cases::Track> track) {
  ByUnit units;
  for (const auto& [key, counts] : cells) {
    const UnitId unit = unit_of(key.about);
    if (unit.empty() || (track && key.track != *track)) continue;
    add(units[unit], counts);
  }
  return units;
}

Counts all_of(const Cells& cells, std::optional<cases::Track> track) {
  Counts all;
  for (const auto& [unit, counts] : by_unit(cells, track)) add(all, counts);
  return all;
}

ShownShare shown(const Figure& figure, const Counts& counts) {
  const Share share = figure.share(counts);
  const bool safe = hide_small(share.above) && hide_small(share.below - share.above);
  return {&figure, safe ? Hideable(share.above) : std::nullopt, hide_small(share.below)};
}

Size size_of(std::int64_t due) {
  if (due < smallest_shown) return Size::few;
  return due < 50 ? Size::small : due < 500 ? Size::medium : Size::large;
}

struct Work {
  Size size = Size::few;
  bool long_matters = false;
  auto operator<=>(const Work&) const = default;
};

std::map<UnitId, Work> work_of_offices(const Cells& cells) {
  std::map<UnitId, std::int64_t> petitions;
  for (const auto& [unit, counts] : by_unit(cells, cases::Track::petition)) {
    petitions[unit] = whole(counts).due();
  }
  std::map<UnitId, Work> all;
  for (const auto& [unit, counts] : by_unit(cells, std::nullopt)) {
    const std::int64_t due = whole(counts).due();
    all[unit] = {size_of(due), petitions[unit] * 2 > due};
  }
  return all;
}

// The five things that everybody may ask about an answer that fell due.
constexpr std::array<std::string_view, 5> line_parts{"solved", "unconfirmed", "late", "open",
                                                     "set_aside"};
std::vector<std::int64_t> line_of(const Counts& counts) {
  const Whole all = whole(counts);
  const std::int64_t solved = all.standing[static_cast<int>(Standing::solved)];
  return {solved, all.in_time() - solved, all.standing[static_cast<int>(Standing::late)], all.open,
          all.set_aside()};
}

struct Gathered {
  OfficeLine line;
  Counts counts;
};

// Small offices together, and with the next larger one as long as they are too few.
std::vector<Gathered> gathered(std::vector<Gathered> all) {
  std::sort(all.begin(), all.end(),
            [](const Gathered& a, const Gathered& b) { return a.line.due > b.line.due; });
  Gathered rest;
  rest.line.offices = 0;
  while (!all.empty() && (all.back().line.due < smallest_shown ||
                          (rest.line.offices > 0 && rest.line.due < smallest_shown))) {
    rest.line.due += all.back().line.due;
    ++rest.line.offices;
    add(rest.counts, all.back().counts);
    all.pop_back();
  }
  std::sort(all.begin(), all.end(),
            [](const Gathered& a, const Gathered& b) { return a.line.name < b.line.name; });
  if (rest.line.offices > 0 && (rest.line.due >= smallest_shown || all.empty())) {
    if (rest.line.due >= smallest_shown) all.push_back(std::move(rest));
  }
  return all;
}

void hide_lines(std::vector<Gathered>& all) {
  std::vector<std::vector<std::int64_t>> table;
  std::vector<std::int64_t> received;
  std::vector<std::int64_t> returned;
  std::vector<std::int64_t> reopened;
  for (const Gathered& one : all) {
    table.push_back(line_of(one.counts));
    received.push_back(total(one.counts, Measure::received));
    returned.push_back(total(one.counts, Measure::returned));
    reopened.push_back(total(one.counts, Measure::reopened));
  }
  if (all.empty()) return;
  const auto shown_table = hide_small(table);
  const auto shown_received = hide_small(received);
  const auto shown_returned = hide_small(returned);
  const auto shown_reopened = hide_small(reopened);
  for (std::size_t i = 0; i < all.size(); ++i) {
    OfficeLine& line = all[i].line;
    for (std::size_t c = 0; c < line_parts.size(); ++c) {
      line.parts.push_back({line_parts[c], shown_table[i][c]});
    }
    line.received = shown_received[i];
    line.returned = shown_returned[i];
    line.reopened = shown_reopened[i];
    // As in a picture. A median of fewer says that half were solved, where that number is hidden.
    const Days taken = days(all[i].counts, Measure::days_to_solved);
    if (taken.counted >= smallest_shown) line.median_days = taken.median;
  }
}

}  // namespace

std::string_view name(Size size) noexcept {
  return size_names[static_cast<std::size_t>(size)];
}

Picture picture_of(const Counts& counts) {
  Picture shown_picture;
  const Whole all = whole(counts);
  shown_picture.received = hide_small(total(counts, Measure::received));
  shown_picture.due = hide_small(all.due());
  std::vector<std::int64_t> numbers;
  for (int i = 0; i < static_cast<int>(Standing::own_registered); ++i) {
    numbers.push_back(all.standing[i]);
  }
  numbers.push_back(all.open);
  const auto parts = hide_small(numbers);
  for (std::size_t i = 0; i + 1 < numbers.size(); ++i) {
    shown_picture.parts.push_back({name(static_cast<Standing>(i)), parts[i]});
  }
  shown_picture.parts.push_back({"open", parts.back()});
  shown_picture.own_registered =
      hide_small(all.standing[static_cast<int>(Standing::own_registered)]);
  for (const Figure& figure : figures()) {
    ShownShare share = shown(figure, counts);
    // The same number stands among the parts.
    if (figure.name == "solved_in_time" && !parts.front()) share.above.reset();
    shown_picture.shares.push_back(share);
  }
  for (const Flow& duration : durations) {
    const Days taken = days(counts, duration.measure);
    const bool enough = taken.counted >= smallest_shown;
    shown_picture.days.push_back({duration.name, enough ? std::optional(taken) : std::nullopt});
  }
  for (const Flow& flow : flows) {
    shown_picture.counts.push_back({flow.name, hide_small(total(counts, flow.measure))});
  }
  return shown_picture;
}

Picture picture(Reading& reading, const cases::County& county, const Asked& asked, Instant now) {
  return picture_of(
      all_of(read_cells(reading, county, asked.period.first, asked.period.last, asked.unit, now),
             asked.track));
}

std::vector<Month> history(Reading& reading, const cases::County& county, UnitId unit,
                           std::optional<cases::Track> track, int months, Scheme scheme,
                           Instant now) {
  const auto periods = months_up_to(to_date(now, county.rules.zone), months, scheme);
  const Cells cells =
      read_cells(reading, county, periods.front().first, periods.back().last, unit, now);
  std::vector<Month> all;
  for (const Period& period : periods) {
    Cells own;
    for (auto at = cells.lower_bound({period.first, {}, cases::Track::petition});
         at != cells.end() && at->first.piece <= period.last; ++at) {
      own.insert(*at);
    }
    all.push_back({period, picture_of(all_of(own, track))});
  }
  return all;
}

Tier tier_of(Reading& reading, const cases::County& county, UnitId unit, const Period& period,
             Instant now) {
  const Cells year = read_cells(reading, county, period.last - 23, period.last, {}, now);
  const auto work = work_of_offices(year);
  Tier tier;
  const auto own = work.find(unit);
  if (own == work.end()) return tier;
  tier.size = own->second.size;
  tier.long_matters = own->second.long_matters;
  const ByUnit now_units =
      by_unit(read_cells(reading, county, period.first, period.last, {}, now), std::nullopt);
  std::vector<const Counts*> alike;
  for (const auto& [other, its_work] : work) {
    const auto counts = now_units.find(other);
    if (its_work == own->second && counts != now_units.end()) alike.push_back(&counts->second);
  }
  tier.offices = static_cast<std::int64_t>(alike.size());
  for (const Figure& figure : figures()) {
    std::vector<std::int64_t> percents;
    for (const Counts* counts : alike) {
      const Share share = figure.share(*counts);
      if (share.below >= smallest_shown) percents.push_back(share.above * 100 / share.below);
    }
    if (static_cast<std::int64_t>(percents.size()) < smallest_shown) continue;
    std::sort(percents.begin(), percents.end());
    tier.bands.push_back(
        {&figure, percents[percents.size() / 4], percents[percents.size() * 3 / 4]});
  }
  return tier;
}

std::vector<OfficeLine> offices(Reading& reading, const cases::County& county, const Period& period,
                                Instant now) {
  ByUnit units =
      by_unit(read_cells(reading, county, period.first, period.last, {}, now), std::nullopt);
  std::vector<Gathered> all;
  for (const places_and_units::Unit& unit : places_and_units::all_units(reading, county.region)) {
    const auto counts = units.find(unit.id);
    if (counts == units.end()) continue;
    Gathered one;
    one.line.name = unit.name;
    one.line.unit = unit.id;
    one.line.due = whole(counts->second).due();
    one.counts = std::move(counts->second);
    if (one.line.due > 0) all.push_back(std::move(one));
  }
  all = gathered(std::move(all));
  hide_lines(all);
  std::vector<OfficeLine> lines;
  for (Gathered& one : all) lines.push_back(std::move(one.line));
  return lines;
}

}  // namespace minhu::insight
