#include "engines/silence/hearing.h"

#include <algorithm>
#include <cmath>

namespace minhu::silence {

namespace {

// How matters of a class end, and what that means for the days after a word that are not looked at.
struct Ending {
  Ending(const Model& model, std::size_t kind)
      : fade(model.classes[kind].fade),
        leaves(fade + model.classes[kind].seen),
        survives_echo(std::exp(-leaves * model.settings.counting.echo_days)),
        over_in_echo(fade / leaves * (1 - survives_echo)) {}
  double fade;    // a day
  double leaves;  // a day: or somebody sees that it is still there, or repairs it
  double survives_echo;
  double over_in_echo;
};

// After a word: an echo, then quiet days. There all the time, or over before.
struct Pause {
  double there = 0;  // probability of being there at its end, and that nobody spoke
  double quiet = 0;  // probability that nobody spoke
  double heard = 0;  // days there after the echo, of those in which nobody spoke (joint)
};
Pause pause_of(const Ending& ending, double words, double days) {
  const double sum = words + ending.leaves;
  const double silent = std::exp(-sum * days);
  Pause pause;
  pause.there = ending.survives_echo * silent;
  pause.quiet =
      ending.over_in_echo + ending.survives_echo * (silent + ending.fade / sum * (1 - silent));
  pause.heard = ending.survives_echo *
                (days * silent + ending.fade * (1 - silent * (1 + sum * days)) / (sum * sum));
  return pause;
}

double mean(double days, const Heard& heard) {
  return days / static_cast<double>(heard.matters);
}

// Of one of them, times a number that does not depend on how often it is spoken of: at most 1.
double likelihood_of_words(const Heard& heard, double words) {
  const double pauses = mean(heard.pauses, heard);
  const auto again = static_cast<double>(heard.again);
  if (heard.again == 0) return pauses > 0 ? std::exp(-words * pauses) : 1;
  const double likeliest = again / std::max(pauses, again / 100);
  return std::exp(again * std::log(words / likeliest) - (words - likeliest) * pauses);
}

// Visits take troubles away before anybody speaks, as fading does.
double over_unsaid(const Model& model, const OfPlace& of, std::size_t kind) {
  return model.classes[kind].fade +
         model.settings.found_in_a_visit * static_cast<double>(of.visits.size()) / of.days;
}

double found_of(const Model& model, const OfPlace& of, std::size_t kind, double words) {
  const double found_in_a_visit = model.settings.found_in_a_visit;
  const double over = words + model.classes[kind].fade;
  double found = 0;
  double last = -1e9;
  for (const double visit : of.visits) {
    const double left = last < 0 ? 0 : found_in_a_visit * std::exp(-over * (visit - last));
    found += model.classes[kind].looked * found_in_a_visit * (1 - left) / over;
    last = visit;
  }
  return found;
}

// From the place that speaks least about what shows least to the opposite.
constexpr std::size_t grid = speaking_steps + (showing_steps - 1) * speaking_steps_of_a_showing;
constexpr std::size_t grid_begins = showing_middle * speaking_steps_of_a_showing;
using OnGrid = std::array<double, grid>;
const OnGrid& speaking_on_grid() {
  static const OnGrid all = [] {
    OnGrid values{};
    for (std::size_t i = 0; i < grid; ++i) {
      values[i] = speaking_at(static_cast<double>(i) - static_cast<double>(grid_begins));
    }
    return values;
  }();
  return all;
}

// The steps of a showing that are not next to impossible: the others would be computed for nothing.
struct Steps {
  explicit Steps(const Showing& of) : showing(of) {
    constexpr double negligible = 1e-8;
    while (showing[from] < negligible && from < showing_middle) ++from;
    while (showing[to] < negligible && to > showing_middle) --to;
  }
  std::size_t grid_from() const { return from * speaking_steps_of_a_showing; }
  std::size_t grid_to() const { return speaking_steps + to * speaking_steps_of_a_showing; }
  double mixed(const OnGrid& values, std::size_t step) const {
    double sum = 0;
    for (std::size_t i = from; i <= to; ++i) {
      sum += showing[i] * values[step + i * speaking_steps_of_a_showing];
    }
    return sum;
  }
  Showing showing;
  std::size_t from = 0;
  std::size_t to = showing_steps - 1;
};

constexpr double least = 1e-300;

}  // namespace

OfPlace of_place(const std::vector<Place>& places, const Counted& counted, std::size_t place) {
  OfPlace of;
  of.place = &places[place];
  of.cells = std::span(counted.cells).subspan(place * counted.classes, counted.classes);
  of.open_days = counted.open_days[place];
  of.visits = counted.visits[place];
  of.days = counted.days;
  return of;
}

Becoming becoming_known(const Model& model, const OfPlace& of, std::size_t kind, double words) {
  const double over = over_unsaid(model, of, kind);
  Becoming becoming;
  for (std::size_t i = 0; i < showing_steps; ++i) {
    const double rate = words * showing_at(i);
    const double part = model.classes[kind].showing[i];
    becoming.told += part * of.open_days * rate / (rate + over);
    becoming.found += part * found_of(model, of, kind, rate);
  }
  return becoming;
}

AtSteps at_steps(const Model& model, const OfPlace& of, std::size_t kind, double usual) {
  const Steps steps(model.classes[kind].showing);
  const Cell& cell = of.cells[kind];
  const double over = over_unsaid(model, of, kind);
  const Ending ending(model, kind);
  OnGrid words{};
  OnGrid told{};
  OnGrid found{};
  for (std::size_t i = steps.grid_from(); i < steps.grid_to(); ++i) {
    words[i] = usual * speaking_on_grid()[i];
    told[i] = words[i] / (words[i] + over);
    found[i] = found_of(model, of, kind, words[i]);
  }
  AtSteps at;
  const auto begun = static_cast<double>(cell.begun);
  double heard = 0;
  for (const Heard& one : cell.heard) heard += static_cast<double>(one.matters);
  for (std::size_t step = 0; step < speaking_steps; ++step) {
    const double part = steps.mixed(told, step);
    at.becoming[step] = {of.open_days * part, steps.mixed(found, step)};
    at.log[step] = (begun - heard) * std::log(part);
    if (cell.found > 0 && at.becoming[step].found > 0) {
      at.log[step] += static_cast<double>(cell.found) * std::log(at.becoming[step].found);
    }
  }
  for (const Heard& one : cell.heard) {
    OnGrid both{};
    for (std::size_t i = steps.grid_from(); i < steps.grid_to(); ++i) {
      both[i] = told[i] * likelihood_of_words(one, words[i]);
      if (one.quiet > 0) {
        both[i] *= pause_of(ending, words[i], mean(one.quiet, one)).quiet;
      }
    }
    for (std::size_t step = 0; step < speaking_steps; ++step) {
      at.log[step] += static_cast<double>(one.matters) * std::log(steps.mixed(both, step) + least);
    }
  }
  return at;
}

Lived lived(const Model& model, const OfPlace& of, std::size_t kind, double words) {
  const Showing& showing = model.classes[kind].showing;
  const double over = over_unsaid(model, of, kind);
  const Ending ending(model, kind);
  const double echo = model.settings.counting.echo_days;
  Showing told{};
  double all_told = 0;
  double waited = 0;  // of those told: 1 / (words + over), on average
  for (std::size_t i = 0; i < showing_steps; ++i) {
    const double rate = words * showing_at(i);
    told[i] = rate / (rate + over);
    all_told += showing[i] * told[i];
    waited += showing[i] * told[i] / (rate + over);
  }
  waited /= all_told;
  std::array<double, variances.size()> log_told{};
  for (std::size_t v = 0; v < variances.size(); ++v) {
    const Showing& with = showing_with(v);
    for (std::size_t i = 0; i < showing_steps; ++i) log_told[v] += with[i] * told[i];
    log_told[v] = std::log(log_told[v]);
  }
  Lived lived;
  for (const Heard& one : of.cells[kind].heard) {
    Showing both{};
    std::array<Pause, showing_steps> pauses{};
    double all = least;
    for (std::size_t i = 0; i < showing_steps; ++i) {
      const double rate = words * showing_at(i);
      both[i] = told[i] * likelihood_of_words(one, rate);
      if (one.quiet > 0) {
        pauses[i] = pause_of(ending, rate, mean(one.quiet, one));
        both[i] *= pauses[i].quiet;
      }
      all += showing[i] * both[i];
    }
    const auto matters = static_cast<double>(one.matters);
    lived.all_days += one.pauses + matters * static_cast<double>(one.again + one.seen) * echo;
    lived.known_as_words -= matters * over * waited;
    lived.known_as_ends += matters * ending.fade * waited;
    for (std::size_t i = 0; i < showing_steps; ++i) {
      const double part = matters * showing[i] * both[i] / all;
      const double rate = words * showing_at(i);
      lived.heard_days += part * showing_at(i) * mean(one.pauses, one);
      lived.known_as_words += part * over / (rate + over);
      lived.known_as_ends -= part * ending.fade / (rate + over);
      if (one.quiet <= 0) continue;
      const Pause& pause = pauses[i];
      const double in_echo = ending.over_in_echo / pause.quiet;
      lived.heard_days += part * showing_at(i) * pause.heard / pause.quiet;
      lived.all_days += part * (pause.heard / pause.quiet + echo * (1 - in_echo / 2));
      lived.ended += part * (1 - pause.there / pause.quiet);
    }
    for (std::size_t v = 0; v < variances.size(); ++v) {
      const Showing& with = showing_with(v);
      double sum = least;
      for (std::size_t i = 0; i < showing_steps; ++i) sum += with[i] * both[i];
      lived.variances[v] += matters * (std::log(sum) - log_told[v]);
    }
  }
  return lived;
}

}  // namespace minhu::silence
