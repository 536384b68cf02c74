// Is it back? After a class was found to have become less, each new period is looked at, and an
// alarm is given at a stated rate of false ones. Pure and thread-safe.
//
// The rule is one that can be said and done on paper: what a period brings above a bound is added
// up, what it stays below is taken off again (never below nothing), and at a limit it is a relapse.
// One bad month, or three that are somewhat bad, both count.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "engines/recurrence/counts.h"
#include "engines/recurrence/effect.h"
#include "kernel/result.h"

namespace minhu::recurrence {

struct AlarmSettings {
  double false_alarms_a_year = 0.05;  // at most, of classes to which nothing happens; 0.001 to 0.5
  // Back is at least this many times what came after the measure, even where less came before it.
  double at_least_times = 1.5;
};

// How many periods until the alarm, when the class returns at once.
struct Delay {
  double mean_months = 0;    // of those that give an alarm within five years
  double within_a_year = 0;  // the part of them that gives it in twelve months
};

// The rule of one class, derived from its own baseline. Recomputed from the same Effect it is the
// same; keep it with the class, so that the rule does not move while it is used.
struct Watch {
  Period period = Period::month;
  double expected = 0;         // cases a period as after the measure, mean over the year
  double back = 0;             // cases a period that would be the old rate, mean over the year
  double bound = 0;            // of a period, mean over the year
  double limit = 0;            // of the sum
  std::vector<double> season;  // by the period of the year: bounds move with it
  double dispersion = 1;
  double false_alarms_a_year = 0;  // as computed, with what is not known about `expected`
  Delay when_back;                 // to the old rate
  Delay when_half_back;            // half of the way
  bool can_see = true;  // false: fewer than half of true relapses are found within a year
  Sentence sentence;
};

// Faults: invalid_input recurrence.bad_settings; conflict recurrence.not_fewer where the effect is
// not a fall that was found (there is nothing to fall back from).
Result<Watch> watch(const Effect& effect, Period period, const AlarmSettings& settings = {});

// How many of the last periods that the effect was measured on stayed at or below the bound, in a
// row: "three quiet months" before a class is called verified.
std::int64_t quiet_in_a_row(const Watch& watch, const Effect& effect);

// What one period brought, all places of the class together.
struct Now {
  std::int64_t period = 0;
  std::int64_t cases = 0;
  double exposure = 1;  // how many times as much could come as when the effect was measured
};
struct Seen {
  Now now;
  double bound = 0;
  double sum = 0;  // after this period
  bool alarm = false;
};
struct Looked {
  std::vector<Seen> periods;                // in order
  std::optional<std::int64_t> relapsed_in;  // the first period with an alarm
  Sentence sentence;
};
// Looks at every period from the first after the effect was measured. One that is left out is not
// known and moves nothing. Faults invalid_input, as those of check(): recurrence.bad_count,
// recurrence.bad_exposure, recurrence.bad_period, recurrence.counted_twice.
Result<Looked> look(const Watch& watch, const std::vector<Now>& periods);

}  // namespace minhu::recurrence
