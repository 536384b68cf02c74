#include "engines/recurrence/relapse.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <numeric>
#include <utility>

#include "engines/recurrence/distributions.h"

namespace minhu::recurrence {

namespace {

// False alarms come from what is not known: from the few cases in which the level or the dispersion
// is really higher than it looks. So the parts of their distributions become finer at the top.
constexpr std::array level_parts{0.0, 0.25, 0.5, 0.7, 0.82, 0.9, 0.95, 0.975, 0.99, 0.997, 1.0};
constexpr std::array dispersion_parts{0.0, 0.35, 0.65, 0.85, 0.95, 1.0};
// A class is watched because it was found to have fallen, and of two alike the one that happened to
// be quiet is found: its level is a little higher than it looks, and its months hang together more.
constexpr double lucky = 1.1;
constexpr double steps_in_a_deviation = 12;  // fineness of the sum
constexpr std::size_t most_steps = 1200;
constexpr std::int64_t years_of_delay = 5;

std::size_t slot(std::int64_t period, std::size_t year) {
  const auto length = static_cast<std::int64_t>(year);
  return static_cast<std::size_t>(((period % length) + length) % length);
}

// The sum as a chain of whole steps: how likely it reaches the limit in each period, exactly.
class Chain {
 public:
  Chain(const Watch& watch, std::int64_t first, double step)
      : watch_(watch), first_(first), step_(step) {}

  // Of each of the first `number` periods, how likely it gives the first alarm, when `mean` cases
  // a period come (mean over the year).
  std::vector<double> alarms(double mean, double dispersion, std::size_t limit,
                             std::size_t number) {
    std::vector<double> at(limit, 0.0);
    at[0] = 1;
    std::vector<double> found;
    for (std::size_t i = 0; i < number; ++i) {
      const std::size_t which = slot(first_ + static_cast<std::int64_t>(i), watch_.season.size());
      const std::vector<Rise>& rises = rises_of(which, mean, dispersion);
      std::vector<double> next(limit, 0.0);
      double alarm = 0;
      for (std::size_t from = 0; from < limit; ++from) {
        if (at[from] < 1e-14) continue;
        double stays = 0;
        for (const Rise& rise : rises) {
          const std::int64_t to =
              std::max<std::int64_t>(0, static_cast<std::int64_t>(from) + rise.steps);
          if (to >= static_cast<std::int64_t>(limit)) break;
          next[static_cast<std::size_t>(to)] += at[from] * rise.probability;
          stays += rise.probability;
        }
        alarm += at[from] * std::max(0.0, 1 - stays);
      }
      found.push_back(alarm);
      at = std::move(next);
    }
    return found;
  }

 private:
  // What one period adds to the sum, in steps; rising.
  struct Rise {
    std::int64_t steps;
    double probability;
  };

  const std::vector<Rise>& rises_of(std::size_t which, double mean, double dispersion) {
    auto& kept = kept_[{mean, dispersion}];
    kept.resize(watch_.season.size());
    std::vector<Rise>& rises = kept[which];
    if (!rises.empty()) return rises;
    const double season = watch_.season[which];
    const CountDistribution counts(mean * season, dispersion);
    const std::int64_t bound = std::lround(watch_.bound * season / step_);
    const std::int64_t most = counts.quantile(1 - 1e-10);
    if (step_ <= 1) {
      for (std::int64_t k = 0; k <= most; ++k) {
        rises.push_back(
            {std::lround(static_cast<double>(k) / step_) - bound, counts.probability_of(k)});
      }
      return rises;
    }
    // Many cases: those that fall on one step together.
    const auto last_of = [&](std::int64_t step) {
      return static_cast<std::int64_t>(std::floor((static_cast<double>(step) + 0.5) * step_));
    };
    const auto first =
        static_cast<std::int64_t>(static_cast<double>(counts.quantile(1e-10)) / step_);
    double below = counts.at_most(last_of(first - 1));
    rises.push_back({first - 1 - bound, below});
    for (std::int64_t step = first; last_of(step - 1) < most; ++step) {
      const double up_to = counts.at_most(last_of(step));
      rises.push_back({step - bound, up_to - below});
      below = up_to;
    }
    return rises;
  }

  const Watch& watch_;
  std::int64_t first_;
  double step_;
  std::map<std::pair<double, double>, std::vector<std::vector<Rise>>> kept_;
};

class Making {
 public:
  Making(Watch watch, const Level& level, std::int64_t first)
      : watch_(std::move(watch)),
        level_(level),
        step_(std::max(0.1, std::sqrt(watch_.expected * watch_.dispersion) / steps_in_a_deviation)),
        chain_(watch_, first, step_),
        year_(watch_.season.size()) {}

  Watch make(const AlarmSettings& settings) {
    // The false alarms become fewer as the limit grows: the lowest that keeps the promise.
    std::size_t low = 1;
    std::size_t high = most_steps;
    while (low < high) {
      const std::size_t middle = (low + high) / 2;
      if (lucky * false_alarms(middle) <= settings.false_alarms_a_year) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    watch_.limit = static_cast<double>(high) * step_;
    watch_.false_alarms_a_year = lucky * false_alarms(high);
    watch_.when_back = delay(watch_.back, high);
    watch_.when_half_back = delay((watch_.expected + watch_.back) / 2, high);
    watch_.can_see = watch_.when_back.within_a_year >= 0.5;
    return watch_;
  }

 private:
  double false_alarms(std::size_t limit) {
    double sum = 0;
    for (std::size_t i = 0; i + 1 < level_parts.size(); ++i) {
      const double part = (level_parts[i] + level_parts[i + 1]) / 2;
      const double mean = watch_.expected * gamma_quantile(level_.events, part) / level_.events;
      for (std::size_t j = 0; j + 1 < dispersion_parts.size(); ++j) {
        const double above = 1 - (dispersion_parts[j] + dispersion_parts[j + 1]) / 2;
        const double dispersion = level_.dispersion * level_.dispersion_degrees /
                                  chi_squared_quantile(level_.dispersion_degrees, above);
        const auto found = chain_.alarms(mean, std::max(1.0, dispersion), limit, year_);
        sum += std::accumulate(found.begin(), found.end(), 0.0) *
               (level_parts[i + 1] - level_parts[i]) *
               (dispersion_parts[j + 1] - dispersion_parts[j]);
      }
    }
    return sum;
  }

  Delay delay(double mean, std::size_t limit) {
    const auto found = chain_.alarms(mean, watch_.dispersion, limit,
                                     static_cast<std::size_t>(years_of_delay) * year_);
    Delay delay;
    double all = 0;
    double weighted = 0;
    for (std::size_t i = 0; i < found.size(); ++i) {
      all += found[i];
      weighted += found[i] * static_cast<double>(i + 1);
      if (i < year_) delay.within_a_year += found[i];
    }
    delay.mean_months = all > 0 ? weighted / all / periods_in_a_month(watch_.period) : 0;
    return delay;
  }

  Watch watch_;
  const Level& level_;
  double step_;
  Chain chain_;
  std::size_t year_;
};

Sentence rule_in_words(const Watch& watch) {
  Sentence sentence{watch.can_see ? "recurrence.watch" : "recurrence.watch_hardly", {}};
  const double months = periods_in_a_month(watch.period);
  sentence.details = {{"expected", spoken(watch.expected * months)},
                      {"bound", spoken(watch.bound * months)},
                      {"limit", spoken(watch.limit)},
                      {"rate", fmt::format("{:.1f}", watch.false_alarms_a_year * 100)},
                      {"months", spoken(watch.when_back.mean_months)},
                      {"found", fmt::format("{:.0f}", watch.when_back.within_a_year * 100)}};
  return sentence;
}

}  // namespace

Result<Watch> watch(const Effect& effect, Period period, const AlarmSettings& settings) {
  if (!(settings.false_alarms_a_year >= 0.001 && settings.false_alarms_a_year <= 0.5)) {
    return fail(FaultCode::invalid_input, "recurrence.bad_settings", "false_alarms_a_year");
  }
  if (!(settings.at_least_times >= 1.1 && settings.at_least_times <= 100)) {
    return fail(FaultCode::invalid_input, "recurrence.bad_settings", "at_least_times");
  }
  if (effect.verdict != Verdict::fewer || !effect.level) {
    return fail(FaultCode::conflict, "recurrence.not_fewer");
  }
  const Level& level = *effect.level;
  Watch made;
  made.period = period;
  made.expected = level.after;
  made.back = std::max(level.expected_before, settings.at_least_times * level.after);
  // Where a case counts neither for the one nor for the other level (Poisson's likelihood ratio).
  made.bound = (made.back - made.expected) / std::log(made.back / made.expected);
  made.season = level.season;
  made.dispersion = level.dispersion;
  made = Making(std::move(made), level, effect.periods_after.back() + 1).make(settings);
  made.sentence = rule_in_words(made);
  return made;
}

std::int64_t quiet_in_a_row(const Watch& watch, const Effect& effect) {
  std::int64_t quiet = 0;
  for (auto point = effect.series.rbegin(); point != effect.series.rend(); ++point) {
    if (point->phase == Phase::later) continue;
    const double bound = watch.bound * watch.season[slot(point->period, watch.season.size())];
    if (point->phase != Phase::after || static_cast<double>(point->cases) > bound) break;
    ++quiet;
  }
  return quiet;
}

Result<Looked> look(const Watch& watch, const std::vector<Now>& periods) {
  std::vector<Count> counts;
  for (const Now& now : periods) counts.push_back({"", now.period, now.cases, now.exposure, {}});
  MINHU_CHECK_OK(check(counts, watch.period, "periods"));
  std::vector<Now> in_order = periods;
  std::sort(in_order.begin(), in_order.end(),
            [](const Now& one, const Now& other) { return one.period < other.period; });
  Looked looked;
  double sum = 0;
  for (const Now& now : in_order) {
    if (now.exposure == 0) continue;
    const double season =
        watch.season.empty() ? 1 : watch.season[slot(now.period, watch.season.size())];
    const double bound = watch.bound * season * now.exposure;
    sum = std::max(0.0, sum + static_cast<double>(now.cases) - bound);
    const bool alarm = sum >= watch.limit;
    if (alarm && !looked.relapsed_in) looked.relapsed_in = now.period;
    looked.periods.push_back({now, bound, sum, alarm});
  }
  looked.sentence = {looked.relapsed_in ? "recurrence.relapsed" : "recurrence.no_relapse",
                     {{"sum", spoken(sum)}, {"limit", spoken(watch.limit)}}};
  if (looked.relapsed_in) {
    looked.sentence.details["from"] = format_date(first_day(*looked.relapsed_in, watch.period));
    const auto at = std::find_if(looked.periods.begin(), looked.periods.end(),
                                 [](const Seen& seen) { return seen.alarm; });
    looked.sentence.details["sum"] = spoken(at->sum);
  }
  return looked;
}

}  // namespace minhu::recurrence
