#include "engines/silence/quiet.h"

#include <cmath>

namespace minhu::silence {

namespace {

// After a word: an echo of `h` days, then `g` quiet days. There all the time, or over before.
struct Pause {
  double there = 0;  // probability of being there at its end, and that nobody spoke
  double quiet = 0;  // probability that nobody spoke
  double heard = 0;  // days there after the echo, of those in which nobody spoke (joint)
};

double over_in_echo(const Rates& rates) {
  const double leaves = rates.fade + rates.seen;
  return rates.fade / leaves * (1 - std::exp(-leaves * rates.echo));
}

Pause pause_of(const Rates& rates, double days) {
  const double sum = rates.words + rates.fade + rates.seen;
  const double leaves = rates.fade + rates.seen;
  const double survives = std::exp(-leaves * rates.echo);
  const double silent = std::exp(-sum * days);
  Pause pause;
  pause.there = survives * silent;
  pause.quiet = over_in_echo(rates) + survives * (silent + rates.fade / sum * (1 - silent));
  pause.heard =
      survives * (days * silent + rates.fade * (1 - silent * (1 + sum * days)) / (sum * sum));
  return pause;
}

}  // namespace

double log_likelihood(const Cell& cell, const Rates& rates) {
  double sum = static_cast<double>(cell.again) * std::log(rates.words);
  sum -= static_cast<double>(cell.again + cell.seen) * (rates.fade + rates.seen) * rates.echo;
  sum -= (rates.words + rates.fade + rates.seen) * cell.pauses;
  for (std::size_t i = 0; i < lengths; ++i) {
    if (cell.quiet[i] == 0) continue;
    const auto matters = static_cast<double>(cell.quiet[i]);
    sum += matters * std::log(pause_of(rates, cell.quiet_days[i] / matters).quiet);
  }
  return sum;
}

Lived lived(const Cell& cell, const Rates& rates) {
  Lived lived;
  lived.heard_days = cell.pauses;
  lived.all_days = cell.pauses + static_cast<double>(cell.again + cell.seen) * rates.echo;
  for (std::size_t i = 0; i < lengths; ++i) {
    if (cell.quiet[i] == 0) continue;
    const auto matters = static_cast<double>(cell.quiet[i]);
    const Pause pause = pause_of(rates, cell.quiet_days[i] / matters);
    const double in_echo = over_in_echo(rates) / pause.quiet;
    lived.heard_days += matters * pause.heard / pause.quiet;
    lived.all_days += matters * (pause.heard / pause.quiet + rates.echo * (1 - in_echo / 2));
    lived.ended += matters * (1 - pause.there / pause.quiet);
  }
  return lived;
}

}  // namespace minhu::silence
