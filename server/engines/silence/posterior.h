// Inside the engine: what is known about one place when its own words meet what the county shows.
#pragma once

#include <array>
#include <vector>

#include "engines/silence/hearing.h"
#include "engines/silence/model.h"

namespace minhu::silence {

// Over how often the place speaks (the steps of speaking_at): how likely each is, and how many
// troubles become known on average when troubles begin there as usual. Given a step, the number of
// troubles (times the usual) is a gamma of this shape and rate.
struct Posterior {
  std::array<double, speaking_steps> weight{};
  std::array<double, speaking_steps> expected{};
  std::vector<std::array<Becoming, speaking_steps>> becoming;  // class by class
  double shape = 0;
  double rate(std::size_t step, double trouble_shape) const {
    return trouble_shape + expected[step];
  }
  double mean() const;                        // of speaking
  double quantile(double probability) const;  // of speaking, between the steps
};

// `usual`: words a day of the place by class, if it spoke as usual.
Posterior posterior_of(const Model& model, const OfPlace& of, const std::vector<double>& usual);

// How many troubles become known at exactly this rate of speaking.
double expected_known(const Model& model, const OfPlace& of, const std::vector<double>& usual,
                      double speaking);

std::vector<double> usual_words(const Model& model, const Place& place);

}  // namespace minhu::silence
