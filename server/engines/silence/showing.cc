#include "engines/silence/showing.h"

#include <cmath>

#include "engines/silence/model.h"

namespace minhu::silence {

namespace {

double at(double step) {
  const double speaking_step = std::log(speaking_at(1) / speaking_at(0));
  return std::exp((step - static_cast<double>(showing_middle)) *
                  static_cast<double>(speaking_steps_of_a_showing) * speaking_step);
}

}  // namespace

double showing_at(std::size_t step) {
  static const std::array<double, showing_steps> all = [] {
    std::array<double, showing_steps> values{};
    for (std::size_t i = 0; i < showing_steps; ++i) values[i] = at(static_cast<double>(i));
    return values;
  }();
  return all[step];
}

Showing showing_of(double variance) {
  Showing showing{};
  if (variance <= 0) {
    showing[showing_middle] = 1;
    return showing;
  }
  // Each step stands for the range half a step to both sides, the outer ones for all beyond.
  const double square = std::log1p(variance);
  double below = 0;
  for (std::size_t step = 0; step < showing_steps; ++step) {
    const double log = std::log(at(static_cast<double>(step) + 0.5)) + square / 2;
    const double up_to =
        step + 1 == showing_steps ? 1 : std::erfc(-log / std::sqrt(2 * square)) / 2;
    showing[step] = up_to - below;
    below = up_to;
  }
  return showing;
}

OverVariances judged_variances(double mean) {
  OverVariances likely{};
  double below = 0;
  for (std::size_t i = 0; i < variances.size(); ++i) {
    const double up_to =
        i + 1 == variances.size() ? 1 : 1 - std::exp(-(variances[i] + variances[i + 1]) / 2 / mean);
    likely[i] = up_to - below;
    below = up_to;
  }
  return likely;
}

const Showing& showing_with(std::size_t variance) {
  static const std::array<Showing, variances.size()> all = [] {
    std::array<Showing, variances.size()> showings{};
    for (std::size_t i = 0; i < variances.size(); ++i) showings[i] = showing_of(variances[i]);
    return showings;
  }();
  return all[variance];
}

Showing showing_over(const OverVariances& likely) {
  Showing showing{};
  for (std::size_t i = 0; i < variances.size(); ++i) {
    for (std::size_t step = 0; step < showing_steps; ++step) {
      showing[step] += likely[i] * showing_with(i)[step];
    }
  }
  return showing;
}

}  // namespace minhu::silence
