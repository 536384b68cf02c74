#include "engines/recurrence/distributions.h"

#include <algorithm>
#include <boost/math/distributions/normal.hpp>
#include <boost/math/special_functions/beta.hpp>
#include <boost/math/special_functions/digamma.hpp>
#include <boost/math/special_functions/gamma.hpp>
#include <boost/math/special_functions/trigamma.hpp>
#include <boost/math/tools/toms748_solve.hpp>
#include <cmath>
#include <limits>

namespace minhu::recurrence {

namespace {

namespace bm = boost::math;
using Quiet =
    bm::policies::policy<bm::policies::domain_error<bm::policies::ignore_error>,
                         bm::policies::pole_error<bm::policies::ignore_error>,
                         bm::policies::overflow_error<bm::policies::ignore_error>,
                         bm::policies::underflow_error<bm::policies::ignore_error>,
                         bm::policies::denorm_error<bm::policies::ignore_error>,
                         bm::policies::rounding_error<bm::policies::ignore_error>,
                         bm::policies::evaluation_error<bm::policies::ignore_error>,
                         bm::policies::indeterminate_result_error<bm::policies::ignore_error>,
                         bm::policies::promote_double<false>>;

constexpr double smallest = 1e-9;
constexpr double largest = 1e12;

double within(double number, double low, double high) {
  return std::isfinite(number) ? std::clamp(number, low, high) : (number > 0 ? high : low);
}
double probability(double number) {
  return within(number, 0, 1);
}
double open_unit(double number) {
  return within(number, 1e-15, 1 - 1e-15);
}

}  // namespace

double beta_probability(double a, double b, double x) {
  return probability(bm::ibeta(within(a, smallest, largest), within(b, smallest, largest),
                               probability(x), Quiet()));
}

double normal_quantile(double level) {
  return bm::quantile(bm::normal_distribution<double, Quiet>(0, 1), open_unit(level));
}

double gamma_quantile(double shape, double level) {
  return within(bm::gamma_p_inv(within(shape, smallest, largest), open_unit(level), Quiet()), 0,
                largest);
}

double chi_squared_quantile(double degrees, double level) {
  return 2 * gamma_quantile(degrees / 2, level);
}

double digamma(double x) {
  return bm::digamma(within(x, smallest, largest), Quiet());
}

double trigamma(double x) {
  return bm::trigamma(within(x, smallest, largest), Quiet());
}

CountDistribution::CountDistribution(double mean, double dispersion)
    : mean_(within(mean, smallest, largest)),
      size_(std::numeric_limits<double>::infinity()),
      part_(1) {
  const double times = within(dispersion, 1, largest);
  // Nearer to 1 the negative binomial and the Poisson cannot be told apart, but its size runs away.
  if (times <= 1 + 1e-6) return;
  size_ = mean_ / (times - 1);
  part_ = 1 / times;
}

double CountDistribution::probability_of(std::int64_t count) const {
  if (count < 0) return 0;
  const auto k = static_cast<double>(count);
  if (!std::isfinite(size_)) return probability(bm::gamma_p_derivative(k + 1, mean_, Quiet()));
  // C(k + size − 1, k) part^size (1 − part)^k
  return probability(part_ / (size_ + k) * bm::ibeta_derivative(size_, k + 1, part_, Quiet()));
}

double CountDistribution::at_most(std::int64_t count) const {
  if (count < 0) return 0;
  const auto k = static_cast<double>(count);
  if (!std::isfinite(size_)) return probability(bm::gamma_q(k + 1, mean_, Quiet()));
  return probability(bm::ibeta(size_, k + 1, part_, Quiet()));
}

double CountDistribution::above(std::int64_t count) const {
  const auto k = static_cast<double>(count);
  if (!std::isfinite(size_)) return probability(bm::gamma_p(k + 1, mean_, Quiet()));
  return probability(bm::ibetac(size_, k + 1, part_, Quiet()));
}

std::int64_t CountDistribution::quantile(double level) const {
  const double wanted = open_unit(level);
  std::int64_t high = 1;
  while (at_most(high) < wanted && high < (std::int64_t{1} << 52U)) high *= 2;
  std::int64_t low = -1;  // at_most(low) < wanted ≤ at_most(high)
  while (high - low > 1) {
    const std::int64_t middle = low + (high - low) / 2;
    (at_most(middle) < wanted ? low : high) = middle;
  }
  return high;
}

std::vector<double> equal_parts(std::size_t number) {
  std::vector<double> parts;
  for (std::size_t i = 0; i < number; ++i) {
    parts.push_back((static_cast<double>(i) + 0.5) / static_cast<double>(number));
  }
  return parts;
}

double quantile_of(const std::function<double(double)>& probability_below, double level,
                   double start) {
  constexpr double furthest = 60;  // e^60: beyond every count that is allowed
  const auto excess = [&](double log_x) { return probability_below(std::exp(log_x)) - level; };
  const double middle = within(start > 0 ? std::log(start) : 0, -furthest, furthest);
  double low = middle - 0.5;
  double high = middle + 0.5;
  double below = excess(low);
  double above = excess(high);
  for (double step = 0.5; below > 0 && low > -furthest; step *= 2) below = excess(low -= step);
  for (double step = 0.5; above < 0 && high < furthest; step *= 2) above = excess(high += step);
  if (below >= 0) return std::exp(low);
  if (above <= 0) return std::exp(high);
  std::uintmax_t steps = 60;
  const auto found = bm::tools::toms748_solve(excess, low, high, below, above,
                                              bm::tools::eps_tolerance<double>(24), steps, Quiet());
  return std::exp((found.first + found.second) / 2);
}

}  // namespace minhu::recurrence
