// How many troubles lie in a place of which nobody has said a word, with what is not known about
// it. Pure and thread-safe.
//
// New troubles begin at a rate that peers share; each waits for a first word, for its own end, or
// for a visit. What is told and how soon it is told again say how many still wait (Little's law).
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "engines/silence/model.h"

namespace minhu::silence {

struct Between {
  double low = 0;
  double high = 0;
};

struct PlaceEstimate {
  std::string place;
  // Times as soon as a place with as many people and the same access speaks; 1 is usual. The range
  // is `Settings::confidence` wide.
  double speaking = 1;
  Between speaking_range;
  double troubles = 1;  // times as many begin per person as usual

  double hidden = 0;       // troubles that lie hidden on the last day of the record, expected
  Between expected_range;  // of that expectation
  std::int64_t least = 0;  // of their number: in nine of ten places it lies
  std::int64_t most = 0;   // between these, both included
  std::vector<double> hidden_of_class;

  // What it was read from.
  std::int64_t matters = 0;  // that began to be spoken of
  std::int64_t again = 0;    // words of further people
  double heard_days = 0;     // in which a matter was known and could be said again
};

// `counted` is that from which the model was made, or a later one of the same places and classes.
PlaceEstimate estimate(const Model& model, const std::vector<Place>& places, const Counted& counted,
                       std::size_t place);

// How likely at most `number` troubles lie hidden there now.
double at_most(const Model& model, const std::vector<Place>& places, const Counted& counted,
               std::size_t place, std::int64_t number);

// What a visit on the last day of the record sets, and what only the next visit changes: how many
// troubles of each class will lie hidden there in the long run, were the place as slow to speak as
// its own words allow (`Settings::low_speaking`), and how many of them a day of waiting brings.
struct AtVisit {
  struct OfClass {
    double begin_a_day = 0;
    double over_a_day = 0;  // told or ended, of those that are there
  };
  std::vector<OfClass> classes;
  double found_in_a_visit = 0;
};
AtVisit at_visit(const Model& model, const std::vector<Place>& places, const Counted& counted,
                 std::size_t place);
// Severity × troubles, `days` after the visit. Never falls with the days.
double weighed_hidden(const AtVisit& set, const std::vector<Class>& classes, double days);

// The same of places like it, in the long run: from its people and its access alone, by a model in
// which no word from its town was read (`fit` with `without`).
double weighed_hidden_of_peers(const Model& model_without, const Place& place,
                               const std::vector<Class>& classes);

}  // namespace minhu::silence
