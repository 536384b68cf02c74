#include "engines/recurrence/relapse.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <utility>

#include "engines/recurrence/distributions.h"

namespace minhu::recurrence {

namespace {

constexpr std::size_t levels = 8;       // how many values of an uncertain level are reckoned with
constexpr std::size_t dispersions = 3;  // and of an uncertain dispersion
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
      const std::vector<double>& counts = counts_of(which, mean, dispersion);
      const auto bound =
          static_cast<std::int64_t>(std::lround(watch_.bound * watch_.season[which] / step_));
      std::vector<double> next(limit, 0.0);
      double alarm = 0;
      for (std::size_t from = 0; from < limit; ++from) {
        if (at[from] < 1e-14) continue;
        double stays = 0;
        for (std::size_t cases = 0; cases < counts.size(); ++cases) {
          const auto up =
              static_cast<std::int64_t>(std::lround(static_cast<double>(cases) / step_));
          const std::int64_t to =
              std::max<std::int64_t>(0, static_cast<std::int64_t>(from) + up - bound);
          if (to >= static_cast<std::int64_t>(limit)) break;
          next[static_cast<std::size_t>(to)] += at[from] * counts[cases];
          stays += counts[cases];
        }
        alarm += at[from] * std::max(0.0, 1 - stays);
      }
      found.push_back(alarm);
      at = std::move(next);
    }
    return found;
  }

 private:
  const std::vector<double>& counts_of(std::size_t which, double mean, double dispersion) {
    auto& kept = kept_[{mean, dispersion}];
    kept.resize(watch_.season.size());
    std::vector<double>& counts = kept[which];
    if (counts.empty()) {
      const CountDistribution distribution(mean * watch_.season[which], dispersion);
      const std::int64_t most = distribution.quantile(1 - 1e-10);
      for (std::int64_t k = 0; k <= most; ++k) counts.push_back(distribution.probability_of(k));
    }
    return counts;
  }

  const Watch& watch_;
  std::int64_t first_;
  double step_;
  std::map<std::pair<double, double>, std::vector<std::vector<double>>> kept_;
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
      if (false_alarms(middle) <= settings.false_alarms_a_year) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    watch_.limit = static_cast<double>(high) * step_;
    watch_.false_alarms_a_year = false_alarms(high);
    watch_.when_back = delay(watch_.back, high);
    watch_.when_half_back = delay((watch_.expected + watch_.back) / 2, high);
    watch_.can_see = watch_.when_back.within_a_year >= 0.5;
    return watch_;
  }

 private:
  double false_alarms(std::size_t limit) {
    double sum = 0;
    for (const double part : equal_parts(levels)) {
      const double mean = watch_.expected * gamma_quantile(level_.events, part) / level_.events;
      for (const double of_dispersion : equal_parts(dispersions)) {
        const double dispersion = level_.dispersion * level_.dispersion_degrees /
                                  chi_squared_quantile(level_.dispersion_degrees, of_dispersion);
        const auto found = chain_.alarms(mean, std::max(1.0, dispersion), limit, year_);
        sum += std::accumulate(found.begin(), found.end(), 0.0);
      }
    }
    return sum / static_cast<double>(levels * dispersions);
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
