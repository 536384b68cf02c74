#include "engines/recurrence/interval.h"

#include <array>
#include <cmath>

#include "engines/recurrence/distributions.h"

namespace minhu::recurrence {

namespace {

constexpr std::size_t dispersions = 16;
constexpr double least_dispersion = 0.7;

double events(double cases, double dispersion) {
  return cases / dispersion + 0.5;
}

// Gauss–Hermite for a standard normal variable, nine points.
constexpr std::array<std::array<double, 2>, 9> normal_points{
    {{-4.512745863399783, 2.2345844007746584e-05},
     {-3.205429002856470, 2.7891413212317693e-03},
     {-2.076847978677830, 4.9916406765217880e-02},
     {-1.023255663789133, 2.4409750289493942e-01},
     {0.0, 4.0634920634920634e-01},
     {1.023255663789133, 2.4409750289493942e-01},
     {2.076847978677830, 4.9916406765217880e-02},
     {3.205429002856470, 2.7891413212317693e-03},
     {4.512745863399783, 2.2345844007746584e-05}}};

}  // namespace

RatioDistribution::RatioDistribution(const Side& matter, const std::optional<Side>& beside)
    : exposure_(matter.ratio.exposure), start_(1) {
  const double degrees = matter.dispersion.degrees;
  for (const double part : equal_parts(dispersions)) {
    const double dispersion =
        std::max(least_dispersion,
                 matter.dispersion.value * degrees / chi_squared_quantile(degrees, 1 - part));
    shapes_.push_back(
        {events(matter.ratio.after, dispersion), events(matter.ratio.before, dispersion)});
  }
  if (beside) {
    // Its counts are larger as a rule, and the logarithm of a gamma variable is soon as good as
    // normal.
    const double after = events(beside->ratio.after, beside->dispersion.value);
    const double before = events(beside->ratio.before, beside->dispersion.value);
    const double centre = digamma(after) - digamma(before) - std::log(beside->ratio.exposure);
    const double tails = std::max(3.0, beside->dispersion.degrees);
    const double spread =
        std::sqrt((trigamma(after) + trigamma(before)) * tails / std::max(1.0, tails - 2));
    for (const auto& [point, weight] : normal_points) {
      beside_.push_back({std::exp(centre + spread * point), weight});
    }
    start_ /= std::exp(centre);
  } else {
    beside_.push_back({1, 1});
  }
  const Shape& middle = shapes_[dispersions / 2];
  start_ *= middle.after / middle.before / exposure_;
}

double RatioDistribution::at_most(double ratio) const {
  double sum = 0;
  for (const Beside& beside : beside_) {
    const double odds = ratio * beside.factor * exposure_;
    const double part = std::isfinite(odds) ? odds / (1 + odds) : 1;
    double of_shapes = 0;
    for (const Shape& shape : shapes_) {
      of_shapes += beta_probability(shape.after, shape.before, part);
    }
    sum += beside.weight * of_shapes / static_cast<double>(dispersions);
  }
  return sum;
}

double RatioDistribution::quantile(double probability) const {
  return quantile_of([this](double ratio) { return at_most(ratio); }, probability, start_);
}

}  // namespace minhu::recurrence
