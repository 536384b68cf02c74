// Inside the engine: what the words of one place and class mean, when troubles of the class do not
// all show alike: those that are known were said sooner than those that are not.
#pragma once

#include <array>
#include <span>
#include <vector>

#include "engines/silence/model.h"

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
// `words`: a day, about one of them on average.
Becoming becoming_known(const Model& model, const OfPlace& of, std::size_t kind, double words);

// At every step of how often the place speaks: the log likelihood of what became known and of the
// words about it, without what does not depend on the step.
struct AtSteps {
  std::array<double, speaking_steps> log{};
  std::array<Becoming, speaking_steps> becoming{};
};
// `usual`: words a day, if the place spoke as usual.
AtSteps at_steps(const Model& model, const OfPlace& of, std::size_t kind, double usual);

// What is expected of the matters of the cell with these rates.
struct Lived {
  double heard_days = 0;  // that they were there and could be said again, × how they show
  double all_days = 0;    // that they were there, with the echoes
  double ended = 0;       // of them, unseen
  // That they are known at all says something about how often they are spoken of and how fast they
  // end. As so many words, and as so many ends.
  double known_as_words = 0;
  double known_as_ends = 0;
  // Log likelihood if troubles of the class differed with each of `variances`.
  OverVariances variances{};
};
Lived lived(const Model& model, const OfPlace& of, std::size_t kind, double words);

}  // namespace minhu::silence
