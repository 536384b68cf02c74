#include "engines/recurrence/hot.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <tuple>
#include <utility>

#include "engines/recurrence/distributions.h"

namespace minhu::recurrence {

namespace {

constexpr std::int64_t most_cases = 1'000'000'000;
constexpr std::size_t least_windows = 3;
constexpr std::size_t most_windows = 60;
// 30-day windows: the twelfth before this one lies a year back, its neighbours beside it.
constexpr std::size_t last_year = 11;

bool usable(const Spot& spot) {
  return spot.earlier.size() >= least_windows && spot.exposure > 0;
}

// What all places of a category have in common: its season, and how much it jumps.
struct Category {
  std::vector<double> windows;  // cases in all places, the latest first
  std::vector<double> factors;  // of these windows; mean 1
  double now = 1;               // of the present window, from the same season last year
  double dispersion = 1;
};

double factor(const Category& category, std::size_t window) {
  return window < category.factors.size() ? category.factors[window] : 1;
}

void find_season(Category& category) {
  const std::size_t number = category.windows.size();
  double all = 0;
  for (const double cases : category.windows) all += cases;
  category.factors.assign(number, 1.0);
  if (all <= 0) return;
  const double mean = all / static_cast<double>(number);
  double variance = 0;
  for (const double cases : category.windows) {
    variance += (cases / mean - 1) * (cases / mean - 1) / static_cast<double>(number - 1);
  }
  const double noise = 2 / mean;  // before the dispersion is known: a usual one
  const double believed = variance > noise ? (variance - noise) / variance : 0;
  for (std::size_t i = 0; i < number; ++i) {
    category.factors[i] = std::max(0.05, 1 + believed * (category.windows[i] / mean - 1));
  }
  if (number <= last_year) return;
  double sum = 2 * category.factors[last_year] + category.factors[last_year - 1];
  double weight = 3;
  if (number > last_year + 1) {
    sum += category.factors[last_year + 1];
    weight += 1;
  }
  category.now = sum / weight;
}

double sum_of(const std::vector<std::int64_t>& numbers) {
  double sum = 0;
  for (const std::int64_t number : numbers) sum += static_cast<double>(number);
  return sum;
}

double factors_of(const Category& category, const Spot& spot) {
  double sum = 0;
  for (std::size_t i = 0; i < spot.earlier.size(); ++i) sum += factor(category, i);
  return sum;
}

using Categories = std::map<std::string, Category>;

Categories look_at(const std::vector<Spot>& spots) {
  Categories categories;
  for (const Spot& spot : spots) {
    if (!usable(spot)) continue;
    Category& category = categories[spot.category];
    if (category.windows.size() < spot.earlier.size()) {
      category.windows.resize(spot.earlier.size(), 0.0);
    }
    for (std::size_t i = 0; i < spot.earlier.size(); ++i) {
      category.windows[i] += static_cast<double>(spot.earlier[i]);
    }
  }
  for (auto& [name, category] : categories) find_season(category);
  struct Sums {
    double squares = 0;
    double expected = 0;
  };
  std::map<std::string, Sums> sums;
  for (const Spot& spot : spots) {
    if (!usable(spot)) continue;
    const Category& category = categories[spot.category];
    Sums& sum = sums[spot.category];
    const double rate = sum_of(spot.earlier) / factors_of(category, spot);
    const auto number = static_cast<double>(spot.earlier.size());
    for (std::size_t i = 0; i < spot.earlier.size(); ++i) {
      const double expected = rate * factor(category, i);
      const double off = static_cast<double>(spot.earlier[i]) - expected;
      sum.squares += off * off;
      sum.expected += expected * (number - 1) / number;
    }
  }
  for (auto& [name, category] : categories) {
    const Sums& sum = sums[name];
    // A usual dispersion weighs as much as ten cases.
    category.dispersion = std::clamp((sum.squares + 10 * 1.5) / (sum.expected + 10), 1.0, 1000.0);
  }
  return categories;
}

Hot look_at(const Spot& spot, const Category& category) {
  const double earlier = sum_of(spot.earlier);
  const double events = earlier / category.dispersion + 0.5;
  const double mean =
      events * category.dispersion / factors_of(category, spot) * category.now * spot.exposure;
  Hot hot{spot.category, spot.place, spot.cases, mean, 0, 1, {}};
  hot.times = static_cast<double>(spot.cases) / mean;
  // What is not known about the mean makes the count jump more.
  const CountDistribution counts(mean, category.dispersion + mean / events);
  hot.chance = counts.at_least(spot.cases);
  hot.sentence = {"recurrence.hot",
                  {{"cases", std::to_string(spot.cases)}, {"expected", spoken(mean)}}};
  return hot;
}

Outcome check(const std::vector<Spot>& spots, const HotSettings& settings) {
  if (!(settings.false_part >= 0.001 && settings.false_part <= 0.5)) {
    return fail(FaultCode::invalid_input, "recurrence.bad_settings", "false_part");
  }
  if (settings.least_cases < 1 || settings.least_cases > 1000) {
    return fail(FaultCode::invalid_input, "recurrence.bad_settings", "least_cases");
  }
  const auto countable = [](std::int64_t number) { return number >= 0 && number <= most_cases; };
  std::set<std::pair<std::string, std::string>> seen;
  for (const Spot& spot : spots) {
    const auto refuse = [&](const char* key) {
      return fail(FaultCode::invalid_input, key, "spots",
                  std::map<std::string, std::string>{{"place", spot.place}});
    };
    if (!countable(spot.cases) || spot.earlier.size() > most_windows ||
        !std::all_of(spot.earlier.begin(), spot.earlier.end(), countable)) {
      return refuse("recurrence.bad_spot");
    }
    if (!std::isfinite(spot.exposure) || spot.exposure < 0 || spot.exposure > 1e6) {
      return refuse("recurrence.bad_spot");
    }
    if (!seen.emplace(spot.category, spot.place).second) return refuse("recurrence.spot_twice");
  }
  return {};
}

}  // namespace

Result<Rising> hot(const std::vector<Spot>& spots, const HotSettings& settings) {
  MINHU_CHECK_OK(check(spots, settings));
  const Categories categories = look_at(spots);
  Rising rising;
  std::vector<Hot> all;
  for (const Spot& spot : spots) {
    if (!usable(spot)) continue;
    ++rising.looked_at;
    if (spot.cases >= settings.least_cases)
      all.push_back(look_at(spot, categories.at(spot.category)));
  }
  std::sort(all.begin(), all.end(), [](const Hot& one, const Hot& other) {
    if (one.chance != other.chance) return one.chance < other.chance;
    return std::tie(one.category, one.place) < std::tie(other.category, other.place);
  });
  // Benjamini and Hochberg; those with too few cases were looked at as well, and count.
  const auto number = static_cast<double>(rising.looked_at);
  std::size_t shown = 0;
  for (std::size_t i = 0; i < all.size(); ++i) {
    const double limit = settings.false_part * static_cast<double>(i + 1) / number;
    if (all[i].chance > limit) continue;
    shown = i + 1;
    rising.chance_limit = limit;
  }
  all.resize(shown);
  rising.spots = std::move(all);
  rising.false_alarms_expected = rising.chance_limit * number;
  return rising;
}

}  // namespace minhu::recurrence
