#include "engines/recurrence/expected.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "engines/recurrence/distributions.h"

namespace minhu::recurrence {

namespace {

// How far single values around 1 are to be believed, when chance alone gives them the variance
// `noise`: 0 not at all, 1 fully (empirical Bayes).
double belief(const std::vector<double>& around_one, double noise) {
  if (around_one.size() < 2) return 0;
  double variance = 0;
  for (const double value : around_one) variance += (value - 1) * (value - 1);
  variance /= static_cast<double>(around_one.size() - 1);
  const double real = std::max(0.0, variance - noise);
  return real > 0 ? real / (real + noise) : 0;
}

}  // namespace

std::vector<double> season_of(const Table& table, std::int64_t until, Period period,
                              double dispersion) {
  const std::int64_t year = a_year(period);
  const auto slots = static_cast<std::size_t>(year);
  std::vector<double> cases(slots, 0.0);
  std::vector<double> exposure(slots, 0.0);
  for (const auto& [place, periods] : table) {
    for (const auto& [number, count] : periods) {
      if (number >= until) continue;
      // A week is too short to have a season of its own: its neighbours speak with it.
      const std::int64_t reach = period == Period::week ? 2 : 0;
      for (std::int64_t shift = -reach; shift <= reach; ++shift) {
        const auto slot = static_cast<std::size_t>((((number + shift) % year) + year) % year);
        cases[slot] += static_cast<double>(count.cases);
        exposure[slot] += count.exposure;
      }
    }
  }
  const double all = std::accumulate(cases.begin(), cases.end(), 0.0);
  std::vector<double> season(slots, 1.0);
  if (all <= 0) return season;
  double mean = 0;
  double known = 0;
  for (std::size_t i = 0; i < slots; ++i) {
    if (exposure[i] <= 0) continue;
    mean += cases[i] / exposure[i];
    known += 1;
  }
  mean /= known;
  std::vector<double> seen;
  for (std::size_t i = 0; i < slots; ++i) {
    if (exposure[i] > 0) seen.push_back(cases[i] / exposure[i] / mean);
  }
  const double believed = belief(seen, dispersion * known / all);
  double sum = 0;
  for (std::size_t i = 0; i < slots; ++i) {
    if (exposure[i] > 0) season[i] = 1 + believed * (cases[i] / exposure[i] / mean - 1);
    season[i] = std::max(season[i], 0.02);
    sum += season[i];
  }
  for (double& slot : season) slot *= static_cast<double>(slots) / sum;
  return season;
}

std::map<std::int64_t, Expected> expected_in(const std::vector<Pair>& pairs, const Side& matter,
                                             const std::optional<Side>& beside, bool same_season) {
  std::map<std::int64_t, double> raw;
  for (const Pair& pair : pairs) raw[pair.after] += pair.cases_before * pair.exposure;
  const auto number = static_cast<double>(raw.size());
  const double dispersion = matter.dispersion.value;
  const double events = matter.ratio.before / dispersion + 0.5;
  double level = 0;
  for (const auto& [period, cases] : raw) level += cases / number;
  // Nothing came before: then half an event could as well have.
  if (level <= 0) level = dispersion / 2 * matter.ratio.exposure / number;

  std::vector<double> seen;
  for (const auto& [period, cases] : raw) seen.push_back(cases / level);
  const double noise = dispersion * number / std::max(matter.ratio.before, 0.5);
  const double believed = same_season ? belief(seen, noise) : 0;
  double spread = trigamma(events) + believed * noise;
  double change = 1;
  if (beside) {
    const double after = beside->ratio.after / beside->dispersion.value + 0.5;
    const double before = beside->ratio.before / beside->dispersion.value + 0.5;
    change = after / before / beside->ratio.exposure;
    spread += trigamma(after) + trigamma(before);
  }
  std::map<std::int64_t, Expected> expected;
  for (const auto& [period, cases] : raw) {
    const double mean = std::max(1e-6, level * change * (1 + believed * (cases / level - 1)));
    const CountDistribution counts(mean, dispersion + mean * spread);
    expected[period] = {
        mean,
        {static_cast<double>(counts.quantile(0.025)), static_cast<double>(counts.quantile(0.975))}};
  }
  return expected;
}

}  // namespace minhu::recurrence
