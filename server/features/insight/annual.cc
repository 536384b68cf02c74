#include "features/insight/annual.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "features/cases/closure.h"
#include "features/insight/sums.h"
#include "features/places_and_units/deepest_tree.h"

namespace minhu::insight {

namespace {

constexpr std::array<std::string_view, 3> sending_names{"transferred", "assigned", "dispatched"};
constexpr std::array<std::string_view, 5> trigger_names{"not_registered", "late", "evasive",
                                                        "false", "not_carried_out"};
constexpr std::array<std::string_view, 3> about_names{"improve", "policy", "accountability"};

template <std::size_t N>
std::vector<Line> lines(const Counts& counts, Measure measure,
                        const std::array<std::string_view, N>& names) {
  std::vector<std::int64_t> numbers;
  for (std::size_t i = 0; i < N; ++i) numbers.push_back(in_bucket(counts, measure, i));
  const auto shown = hide_small(numbers);
  std::vector<Line> all;
  for (std::size_t i = 0; i < N; ++i) all.push_back({std::string(names[i]), shown[i]});
  return all;
}

std::vector<Line> channels(const Counts& counts) {
  constexpr std::size_t last = static_cast<std::size_t>(cases::Channel::leader_note);
  std::vector<std::int64_t> numbers;
  for (std::size_t i = 0; i <= last; ++i) {
    numbers.push_back(in_bucket(counts, Measure::received, i));
  }
  const auto shown = hide_small(numbers);
  std::vector<Line> all;
  for (std::size_t i = 0; i <= last; ++i) {
    if (numbers[i] == 0) continue;
    all.push_back({std::string(cases::name(static_cast<cases::Channel>(i))), shown[i]});
  }
  return all;
}

// The field at the top of the tree that a category stands in.
class Tops {
 public:
  Tops(Reading& reading, RegionId region) : reading_(reading), region_(region) {}

  std::string top_of(const std::string& category) {
    const auto colon = category.find(':');
    if (colon == std::string::npos) return category;
    const std::string scheme = category.substr(0, colon);
    if (known_.insert(scheme).second) {
      for (const auto& one : places_and_units::categories_of(reading_, region_, scheme)) {
        parents_[scheme + ":" + one.code] = one.parent.empty() ? "" : scheme + ":" + one.parent;
        names_[scheme + ":" + one.code] = one.name;
      }
    }
    std::string top = category;
    for (int depth = 0; depth < places_and_units::deepest_tree && !parents_[top].empty(); ++depth) {
      top = parents_[top];
    }
    const std::string& its_name = names_[top];
    return its_name.empty() ? top : its_name;
  }

 private:
  Reading& reading_;
  RegionId region_;
  std::set<std::string> known_;
  std::map<std::string, std::string> parents_;
  std::map<std::string, std::string> names_;
};

std::vector<Line> fields(Reading& reading, RegionId region, const Cells& cells,
                         std::int64_t received) {
  Tops tops(reading, region);
  std::map<std::string, std::int64_t> by_name;
  for (const auto& [key, counts] : cells) {
    const auto category = category_of(key.about);
    if (category.empty()) continue;
    const std::int64_t count = total(counts, Measure::received);
    by_name[tops.top_of(std::string(category))] += count;
    received -= count;
  }
  std::vector<std::int64_t> numbers;
  std::vector<Line> all;
  for (const auto& [field, count] : by_name) {
    all.push_back({field, {}});
    numbers.push_back(count);
  }
  all.push_back({{}, {}});
  numbers.push_back(std::max<std::int64_t>(0, received));
  const auto shown = hide_small(numbers);
  for (std::size_t i = 0; i < all.size(); ++i) all[i].count = shown[i];
  return all;
}

void complained(Reading& reading, const cases::Context& reader, const Cells& cells,
                Annual& report) {
  const RegionId region = reader.county.region;
  const cases::Circle circle = cases::circle_of(reading, region, reader.actor, reader.now);
  std::map<UnitId, std::int64_t> by_unit;
  for (const auto& [key, counts] : cells) {
    const UnitId unit = unit_of(key.about);
    const bool theirs = std::binary_search(circle.units.begin(), circle.units.end(), unit);
    if (!unit.empty() && !theirs) by_unit[unit] += total(counts, Measure::complained_of);
  }
  std::int64_t below = 0;
  for (const auto& [unit, count] : by_unit) {
    const auto found = places_and_units::find_unit(reading, region, unit);
    if (count < smallest_shown || !found) {
      below += count;
      continue;
    }
    report.complained.push_back({found->name, count});
  }
  // None and a few look alike, or a single one would say to whom it accuses beside others that it
  // exists.
  if (below >= smallest_shown) report.complained_below_five = below;
  std::sort(report.complained.begin(), report.complained.end(),
            [](const Line& a, const Line& b) { return a.name < b.name; });
}

std::vector<Recommendations> recommendations(const Counts& counts) {
  std::vector<Recommendations> all;
  for (std::size_t about = 0; about < about_names.size(); ++about) {
    const auto adopted = [&](Adoption how) {
      return in_bucket(counts, Measure::adopted, about * 3 + static_cast<std::size_t>(how));
    };
    // Recommendations are the office's own acts about organs: no person stands behind a small one.
    all.push_back({static_cast<About>(about), in_bucket(counts, Measure::recommended, about),
                   adopted(Adoption::yes), adopted(Adoption::partly), adopted(Adoption::no)});
  }
  return all;
}

}  // namespace

std::string_view name(About about) noexcept {
  return about_names[static_cast<std::size_t>(about)];
}

Annual annual(Reading& reading, const cases::Context& reader, const Period& year) {
  const cases::County& county = reader.county;
  const Instant now = reader.now;
  const Date today = to_date(now, county.rules.zone);
  Cells cells = sums(reading, county.region, year.first, year.last);
  leave_out_what_is_not_due(cells, today);
  Counts all;
  for (const auto& [key, counts] : cells) {
    if (!unit_of(key.about).empty()) add(all, counts);
  }
  Annual report;
  report.year = year;
  report.running = year.to() >= today;
  report.picture = picture_of(all);
  report.channels = channels(all);
  report.fields = fields(reading, county.region, cells, total(all, Measure::received));
  complained(reading, reader, cells, report);
  report.sent = lines(all, Measure::sent, sending_names);
  report.supervised = lines(all, Measure::supervised, trigger_names);
  report.supervision_answered = hide_small(total(all, Measure::supervision_answered));
  report.recommendations = recommendations(all);
  report.offices = offices(reading, county, year, now);
  return report;
}

}  // namespace minhu::insight
