// Inside the engine: the same season before and after, matched place by place, so that neither the
// season nor the size of a place can pass for an effect.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "engines/recurrence/counts.h"

namespace minhu::recurrence {

struct Pair {
  std::string place;
  std::int64_t after = 0;  // the period after the measure
  std::int64_t before =
      0;  // the one that it is compared with (the latest, where there are several)
  double cases_after = 0;
  double cases_before = 0;
  double exposure = 1;  // after / before
};

// Which periods are compared with which. Empty `before_of`: nothing to compare.
struct Windows {
  std::map<std::int64_t, std::vector<std::int64_t>> before_of;  // after → before, the latest first
  bool same_season = true;
  std::vector<std::int64_t> after() const;
  std::vector<std::int64_t> before() const;
};

struct Pairs {
  std::vector<Pair> pairs;
  std::vector<std::string> left_out;  // places that are known on one side only
  double cases_left_out = 0;          // what they would have counted in these windows
};

Pairs pair_up(const Table& table, const Windows& windows);

// How many times as many came after as before, for the same exposure.
struct Ratio {
  double after = 0;     // cases
  double before = 0;    // cases
  double exposure = 1;  // after / before: value = after / before / exposure
  double value() const { return before > 0 ? after / before / exposure : 0; }
  bool known() const { return before > 0; }
};
// The conditional likelihood's: each pair has its own season, which falls out.
Ratio ratio_of(const std::vector<Pair>& pairs);

}  // namespace minhu::recurrence
