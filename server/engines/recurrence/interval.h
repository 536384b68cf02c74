// Inside the engine: what a ratio of two counts can be, when counts jump more than by pure chance
// and nobody knows exactly how much more.
#pragma once

#include <functional>
#include <optional>

#include "engines/recurrence/dispersion.h"
#include "engines/recurrence/pairs.h"

namespace minhu::recurrence {

struct Side {
  Ratio ratio;
  Dispersion dispersion;
};

// The distribution of the ratio of `matter`, divided by that of `beside` where there is one: two
// gamma variables of (cases / dispersion + ½) events each (for a dispersion of 1 the half is that
// of Jeffreys), averaged over what the dispersion can be (an inverse χ² of its degrees).
class RatioDistribution {
 public:
  RatioDistribution(const Side& matter, const std::optional<Side>& beside);
  double at_most(double ratio) const;
  double quantile(double probability) const;

 private:
  struct Shape {
    double after;
    double before;
  };
  std::vector<Shape> shapes_;  // equally probable
  double exposure_;
  struct Beside {
    double factor;
    double weight;
  };
  std::vector<Beside> beside_;  // what the comparison did
  double start_;
};

}  // namespace minhu::recurrence
