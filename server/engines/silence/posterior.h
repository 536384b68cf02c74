// Inside the engine: what is known about one place when its own words meet what the county shows.
#pragma once

#include <array>
#include <span>
#include <vector>

#include "engines/silence/model.h"
#include "engines/silence/quiet.h"

namespace minhu::silence {

// What was counted of one place, class by class.
struct OfPlace {
  const Place* place = nullptr;
  std::span<const Cell> cells;
  double open_days = 0;
  std::span<const double> visits;  // days after the beginning of the record
  double days = 0;
};
OfPlace of_place(const std::vector<Place>& places, const Counted& counted, std::size_t place);

// Troubles that become known there, per new trouble a day and person: by a first word or a visit.
struct Becoming {
  double told = 0;
  double found = 0;
};
// `words`: a day, about one of them.
Becoming becoming_known(const Model& model, const OfPlace& of, std::size_t kind, double words);

// Over how often the place speaks (the steps of speaking_at): how likely each is, and how many
// troubles become known on average when troubles begin there as usual. Given a step, the number of
// troubles (times the usual) is a gamma of this shape and rate.
struct Posterior {
  std::array<double, speaking_steps> weight{};
  std::array<double, speaking_steps> expected{};
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
