// What a whole county shows: how often each class is spoken of, how much that differs between
// places, how fast troubles fade, how often they begin. Pure and thread-safe.
//
// Once a matter is known, how soon neighbours say it again tells how soon anybody would have said
// it at all; the quiet before the first word nobody could see (Liu, Bhandaram and Garg 2024).
// docs/silence.md tells it in plain words.
#pragma once

#include <array>
#include <optional>
#include <vector>

#include "engines/silence/record.h"
#include "engines/silence/settings.h"
#include "engines/silence/showing.h"
#include "kernel/result.h"

namespace minhu::silence {

// Times the usual rate of speaking that a place can have: equal steps of the logarithm.
inline constexpr std::size_t speaking_steps = 41;
double speaking_at(double step);

struct ClassRates {
  // Words a day about one trouble on average, of a middle place that speaks as usual.
  double log_words = 0;
  // How that differs from trouble to trouble: some are said by everybody, many by hardly anybody.
  Showing showing = showing_of(0);
  double fade = 0.01;  // ends of unrepaired troubles a day
  double seen = 0.01;  // a day, troubles that somebody sees while they last, or repairs
  double begin = 0;    // new troubles a day and person
  // Times as many as the words let expect were found by visits; all that is said to be hidden is
  // raised or lowered by it. 1 where nobody looked.
  double looked = 1;
};

struct Model {
  std::vector<ClassRates> classes;
  // Of the logarithm of people first, then of Place::access, in deviations of the county.
  std::vector<double> effects;
  std::vector<double> centre;
  std::vector<double> deviation;
  // How speaking is spread over places whose people and access are the same; sums to 1.
  std::array<double, speaking_steps> spread{};
  double usual = 1;            // mean of the spread
  double trouble_shape = 4;    // troubles differ between places as a gamma of this shape and mean 1
  double mixture_shape = 1e6;  // and classes within a place as one of this
  std::vector<double> shares;  // of each class among matters that become known
  Settings settings;
};

// Faults: those of check(). `without`: as if the places of this cluster had never said a word; that
// is how a place is compared with others and never with itself.
Result<Model> fit(const Record& record, const Settings& settings = {},
                  std::optional<std::int32_t> without = std::nullopt);
// The same of what was counted, for those who fit often.
Model fit(const std::vector<Class>& classes, const std::vector<Place>& places,
          const Counted& counted, const Settings& settings,
          std::optional<std::int32_t> without = std::nullopt);

// Words a day about one trouble there, if the place speaks as usual.
double usual_words(const Model& model, const Place& place, std::size_t kind);

}  // namespace minhu::silence
