// The few distributions that the engine needs, over Boost.Math. No exceptions: what is outside a
// domain is clamped to its edge, so that nothing here ever gives "not a number".
#pragma once

#include <cstdint>
#include <functional>
#include <vector>

namespace minhu::recurrence {

// P(G_a / (G_a + G_b) ≤ x) for independent gamma variables of these shapes.
double beta_probability(double a, double b, double x);
double normal_quantile(double probability);
double gamma_quantile(double shape, double probability);
double chi_squared_quantile(double degrees, double probability);
double digamma(double x);
double trigamma(double x);

// A count with this mean whose variance is `dispersion` times the mean: negative binomial, or
// Poisson where the dispersion is 1 or less.
class CountDistribution {
 public:
  CountDistribution(double mean, double dispersion);
  double probability_of(std::int64_t count) const;
  double at_most(std::int64_t count) const;
  double at_least(std::int64_t count) const { return count <= 0 ? 1 : above(count - 1); }
  // The smallest count that at most `probability` of all do not exceed.
  std::int64_t quantile(double probability) const;

 private:
  double above(std::int64_t count) const;
  double mean_;
  double size_;  // of the negative binomial; infinite: Poisson
  double part_;
};

// Middles of `number` parts of equal probability.
std::vector<double> equal_parts(std::size_t number);

// Where `probability_below`, which never falls, reaches `level`, on the scale of the logarithm.
double quantile_of(const std::function<double(double)>& probability_below, double level,
                   double start);

}  // namespace minhu::recurrence
