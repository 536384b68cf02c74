#include "engines/silence/posterior.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace minhu::silence {

double speaking_at(double step) {
  constexpr double least = 0.03;
  constexpr double most = 8;
  static const double width = std::log(most / least) / static_cast<double>(speaking_steps - 1);
  return least * std::exp(width * step);
}

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
  const double found_in_a_visit = model.settings.found_in_a_visit;
  // Visits take troubles away before anybody speaks, as fading does.
  const double taken = found_in_a_visit * static_cast<double>(of.visits.size()) / of.days;
  const double over = words + model.classes[kind].fade;
  Becoming becoming;
  becoming.told = of.open_days * words / (over + taken);
  double last = -1e9;
  for (const double visit : of.visits) {
    const double left = found_in_a_visit * std::exp(-over * (visit - last));
    becoming.found += model.classes[kind].looked * found_in_a_visit * (1 - left) / over;
    last = visit;
  }
  return becoming;
}

std::vector<double> usual_words(const Model& model, const Place& place) {
  std::vector<double> words;
  for (std::size_t kind = 0; kind < model.classes.size(); ++kind) {
    words.push_back(usual_words(model, place, kind));
  }
  return words;
}

double expected_known(const Model& model, const OfPlace& of, const std::vector<double>& usual,
                      double speaking) {
  double sum = 0;
  for (std::size_t kind = 0; kind < model.classes.size(); ++kind) {
    const ClassRates& rates = model.classes[kind];
    const Becoming becoming = becoming_known(model, of, kind, speaking * usual[kind]);
    sum += rates.begin * of.place->people * (becoming.told + becoming.found);
  }
  return sum;
}

Posterior posterior_of(const Model& model, const OfPlace& of, const std::vector<double>& usual) {
  Posterior posterior;
  double known = 0;
  for (const Cell& cell : of.cells) known += static_cast<double>(cell.begun + cell.found);
  posterior.shape = model.trouble_shape + known;
  std::array<double, speaking_steps> logs{};
  for (std::size_t step = 0; step < speaking_steps; ++step) {
    const double speaking = speaking_at(static_cast<double>(step));
    double log = std::log(model.spread[step]);
    double expected = 0;
    for (std::size_t kind = 0; kind < model.classes.size(); ++kind) {
      const ClassRates& county = model.classes[kind];
      const Cell& cell = of.cells[kind];
      const Rates rates{speaking * usual[kind], county.fade, county.seen,
                        model.settings.counting.echo_days};
      const Becoming becoming = becoming_known(model, of, kind, rates.words);
      expected += county.begin * of.place->people * (becoming.told + becoming.found);
      log += log_likelihood(cell, rates);
      if (cell.begun > 0 && becoming.told > 0) {
        log += static_cast<double>(cell.begun) * std::log(becoming.told);
      }
      if (cell.found > 0 && becoming.found > 0) {
        log += static_cast<double>(cell.found) * std::log(becoming.found);
      }
    }
    posterior.expected[step] = expected;
    logs[step] = log - posterior.shape * std::log(model.trouble_shape + expected);
  }
  const double most = *std::max_element(logs.begin(), logs.end());
  double sum = 0;
  for (std::size_t step = 0; step < speaking_steps; ++step) {
    sum += posterior.weight[step] = std::exp(logs[step] - most);
  }
  for (double& weight : posterior.weight) weight /= sum;
  return posterior;
}

double Posterior::mean() const {
  double sum = 0;
  for (std::size_t step = 0; step < speaking_steps; ++step) {
    sum += weight[step] * speaking_at(static_cast<double>(step));
  }
  return sum;
}

double Posterior::quantile(double probability) const {
  // Each step stands for the range half a step to both sides.
  double below = 0;
  for (std::size_t step = 0; step < speaking_steps; ++step) {
    if (below + weight[step] >= probability && weight[step] > 0) {
      const double part = (probability - below) / weight[step];
      return speaking_at(static_cast<double>(step) - 0.5 + part);
    }
    below += weight[step];
  }
  return speaking_at(static_cast<double>(speaking_steps - 1));
}

}  // namespace minhu::silence
