// Inside the engine: what it means that a matter stays quiet. Either nobody spoke, or it was over
// and nobody saw it end.
#pragma once

#include "engines/silence/record.h"

namespace minhu::silence {

struct Rates {
  double words = 0;  // a day, while it lasts
  double fade = 0;   // ends a day
  double seen = 0;   // a day: somebody sees that it is still there, or repairs it
  double echo = 0;   // days after a word that are not looked at
};

// Of the log likelihood of the words of a cell, what depends on the rates.
double log_likelihood(const Cell& cell, const Rates& rates);

// Days in which the matters of the cell really were there and could be spoken of, and how many of
// them ended unseen, as expected with these rates.
struct Lived {
  double heard_days = 0;
  double all_days = 0;  // with the echoes
  double ended = 0;
};
Lived lived(const Cell& cell, const Rates& rates);

}  // namespace minhu::silence
