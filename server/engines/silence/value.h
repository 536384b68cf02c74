// What a visit to a place is worth, so that speaking up never costs: known need, silence, and the
// time since somebody came.
//
// Only known need reads what was said since the last visit, and each of its terms is nothing or
// more. Silence is credited until somebody comes: it was set at the last visit and grows by what
// other places show. So one more word can raise the value of its own place, and changes no other.
// docs/silence.md has the proof; the property tests try to break it.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "engines/silence/estimate.h"
#include "engines/silence/need.h"
#include "kernel/civil_time.h"
#include "kernel/crypto.h"
#include "kernel/result.h"

namespace minhu::silence {

// Published before the cycle begins; changing one is a decision on record.
struct Weights {
  std::int64_t silence = 1000;  // thousandths: a hidden trouble counts as one that is known
  std::int64_t age = 1000;
};

// A month of planning. Nothing in it, and nothing in the Quiet of a place, is fitted anew before
// the next one.
struct Cycle {
  Date from;
  Date until;  // the first day after it
  Weights weights;
  Points usual_need = one_matter;      // median of the county in the last cycle
  int months = 12;                     // at most between two visits; at least 1
  Points one_visit = 60 * one_matter;  // what one visit can deal with
};

// Of one place since its last visit (or since the count began, where nobody has come yet).
struct Quiet {
  Date since;
  AtVisit set;
  double peers_then = 0;  // weighed_hidden_of_peers in the cycle of the visit
  double peers_most = 0;  // the highest of the cycles since; never falls
  // As estimated at the visit, to be told; they do not enter the value.
  double speaking = 1;
  std::int64_t least = 0;
  std::int64_t most = 0;
};
Quiet begin_quiet(Date visited_on, const AtVisit& set, double peers, const PlaceEstimate& told);
// Once a cycle, before it begins.
Quiet next_cycle(Quiet quiet, double peers);

// Silence of the place throughout the cycle.
Points silence_of(const Quiet& quiet, const std::vector<Class>& classes, const Cycle& cycle);

// A sentence of pages/messages/<language>/silence.json and what fills its gaps.
struct Reason {
  std::string key;
  std::map<std::string, std::string> facts;
  bool operator==(const Reason&) const = default;
};

struct Value {
  Points need = 0;
  Points silence = 0;
  Points age = 0;
  Points whole = 0;             // their sum: places are ordered by it, then by their id
  Points of_a_visit = 0;        // what one visit can deal with of it; keeps the order
  Date due;                     // the next visit at the latest
  bool must = false;            // due before the cycle ends
  std::vector<Reason> reasons;  // the largest part first; what must be, before all
};

// `known`: all matters of the place, those of single families too. `day` lies in the cycle.
Value value_of(const Cycle& cycle, Points silence, const Quiet& quiet,
               const std::vector<Known>& known, Date day);
// Why: the largest part first, and what must be before all.
std::vector<Reason> reasons_of(const Cycle& cycle, const Value& value, const Quiet& quiet,
                               const std::vector<Known>& known, Date day);

// Of what is frozen, for the announcement of the cycle: who keeps the rows can show later that
// nothing was moved meanwhile.
struct Frozen {
  std::string place;
  Points silence = 0;
  Date since;
};
Digest seal_of(const Cycle& cycle, std::vector<Frozen> places);

// Faults invalid_input silence.bad_cycle, `field` names what is out of its range.
Outcome check(const Cycle& cycle);

}  // namespace minhu::silence
