#include "engines/recurrence/distributions.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace minhu::recurrence {
namespace {

TEST(RecurrenceDistributions, TheNegativeBinomialHasItsMeanAndItsVariance) {
  for (const double dispersion : {1.0, 1.5, 4.0}) {
    const CountDistribution counts(7.3, dispersion);
    double sum = 0;
    double mean = 0;
    double square = 0;
    for (std::int64_t k = 0; k < 400; ++k) {
      const double p = counts.probability_of(k);
      sum += p;
      mean += static_cast<double>(k) * p;
      square += static_cast<double>(k * k) * p;
      EXPECT_NEAR(counts.at_most(k), sum, 1e-10);
      EXPECT_NEAR(counts.at_least(k + 1), 1 - sum, 1e-10);
    }
    EXPECT_NEAR(sum, 1, 1e-10);
    EXPECT_NEAR(mean, 7.3, 1e-8);
    EXPECT_NEAR(square - mean * mean, 7.3 * dispersion, 1e-6);
  }
}

TEST(RecurrenceDistributions, AQuantileIsTheSmallestThatReachesIt) {
  const CountDistribution counts(4.2, 2.5);
  for (const double level : {0.01, 0.025, 0.5, 0.9, 0.975, 0.999}) {
    const std::int64_t found = counts.quantile(level);
    EXPECT_GE(counts.at_most(found), level);
    EXPECT_LT(counts.at_most(found - 1), level);
  }
}

TEST(RecurrenceDistributions, NothingOutsideADomainGivesNotANumber) {
  const double nothing = std::numeric_limits<double>::quiet_NaN();
  const double endless = std::numeric_limits<double>::infinity();
  for (const double odd : {nothing, endless, -endless, -1.0, 0.0, 1e300}) {
    EXPECT_TRUE(std::isfinite(beta_probability(odd, 2, 0.5))) << odd;
    EXPECT_TRUE(std::isfinite(beta_probability(2, odd, 0.5))) << odd;
    EXPECT_TRUE(std::isfinite(beta_probability(2, 3, odd))) << odd;
    EXPECT_TRUE(std::isfinite(gamma_quantile(odd, 0.5))) << odd;
    EXPECT_TRUE(std::isfinite(normal_quantile(odd))) << odd;
    EXPECT_TRUE(std::isfinite(CountDistribution(odd, odd).at_most(3))) << odd;
    EXPECT_TRUE(std::isfinite(CountDistribution(odd, 2).probability_of(3))) << odd;
    EXPECT_GE(CountDistribution(odd, 2).quantile(0.5), 0) << odd;
  }
}

TEST(RecurrenceDistributions, AQuantileOfAGivenFunctionIsFoundFarAway) {
  const auto below = [](double x) { return beta_probability(3, 2, x / (x + 1e6)); };
  const double found = quantile_of(below, 0.25, 1);
  EXPECT_NEAR(below(found), 0.25, 1e-6);
}

}  // namespace
}  // namespace minhu::recurrence
