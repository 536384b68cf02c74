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
  for (std::size_t kind = 0; kind < model.classes.size(); ++kind) {
    const AtSteps at = at_steps(model, of, kind, usual[kind]);
    for (std::size_t step = 0; step < speaking_steps; ++step) {
      logs[step] += at.log[step];
      posterior.expected[step] += model.classes[kind].begin * of.place->people *
                                  (at.becoming[step].told + at.becoming[step].found);
    }
    posterior.becoming.push_back(at.becoming);
  }
  for (std::size_t step = 0; step < speaking_steps; ++step) {
    logs[step] += std::log(model.spread[step]) -
                  posterior.shape * std::log(model.trouble_shape + posterior.expected[step]);
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
