// Inside the engine: troubles of one class do not all show alike. How often one is spoken of, as
// times the mean of its class, is log-normal with mean 1, here in equal steps of the logarithm:
// every third of those of speaking_at, so that place and trouble together fall on those again.
//
// Log-normal and not gamma: a gamma as wide as the words of a city demand has a peak at nothing, of
// troubles that nobody ever tells, and no record can say whether they are there.
#pragma once

#include <array>
#include <cstddef>

namespace minhu::silence {

inline constexpr std::size_t showing_steps = 15;
inline constexpr std::size_t speaking_steps_of_a_showing = 3;
inline constexpr std::size_t showing_middle = 9;  // the step of those that show as is usual

// How likely each step is. Sums to 1.
using Showing = std::array<double, showing_steps>;

double showing_at(std::size_t step);
// With this variance; with none all are alike.
Showing showing_of(double variance);

// The variances that are thought possible, and how likely each is before anything is counted.
inline constexpr std::array<double, 12> variances{0,   0.05, 0.1, 0.2, 0.35, 0.5,
                                                  0.7, 1,    1.4, 2,   3,    4.5};
using OverVariances = std::array<double, variances.size()>;
OverVariances judged_variances(double mean);
const Showing& showing_with(std::size_t variance);  // of these
// Over variances that are this likely.
Showing showing_over(const OverVariances& likely);

}  // namespace minhu::silence
