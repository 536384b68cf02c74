// What is judged and not counted. Each is a decision that is written down and published.
#pragma once

#include "engines/silence/record.h"

namespace minhu::silence {

struct Settings {
  Counting counting;
  // Of what lies hidden, the part that a visit finds. The record cannot tell it from how fast
  // troubles fade; places that two parties visit one after the other can.
  double found_in_a_visit = 0.7;
  // How much the judged `Class::fade_days` weigh: as many troubles whose end was seen.
  double fade_weight = 10;
  // How much it weighs that places usually differ in speaking as many others do: as many places.
  double peers_weight = 20;
  // How much troubles of one class are thought to differ in how often they are spoken of, as the
  // mean of a variance that falls off like an exponential, and how much that weighs: as so many
  // classes.
  double showing_variance = 0.3;
  double showing_weight = 3;
  double confidence = 0.9;    // of the ranges
  double low_speaking = 0.2;  // the part of its possible rates of speaking below which S looks
  int rounds = 40;            // of the fit
};

}  // namespace minhu::silence
