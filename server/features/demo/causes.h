// What really happens in the county before anybody says a word: troubles begin, are noticed, fade
// or are repaired; some of the people who meet them speak.
//
// The model is the one under which silence can be told from peace (docs of visits): troubles begin
// at a rate that depends on the number of people and not on how much they talk; each is reported at
// a rate that depends on the place; reporting stops when it ends; an office repairs only what it
// has heard of.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "features/demo/book.h"
#include "features/demo/demo.h"
#include "features/demo/dice.h"

namespace minhu::demo {

struct Issue {
  TrueIssue truth;
  const Matter* matter = nullptr;
  const Cause* cause = nullptr;  // nullptr: none
  std::size_t village = 0;
};

struct Arrival {
  Instant at;
  std::size_t issue = 0;
  std::int64_t speaker = 1;
  bool again = false;  // the same speaker, through another door a day or two later
};

struct World {
  std::vector<TrueCause> causes;
  std::vector<Issue> issues;
  std::vector<Arrival> arrivals;  // in order of time
};

// Troubles and `reports` first words about them, between the two instants.
World draw_world(const Book& book, std::int64_t reports, Instant from, Instant to, Dice& dice);

// A moment near `day` at which people are awake and have time.
Instant speaking_time(Instant day, Dice& dice);

inline constexpr std::int64_t day_ms = 24 * 3'600'000;
inline Instant days_after(Instant instant, double days) {
  return {instant.unix_ms + static_cast<std::int64_t>(days * static_cast<double>(day_ms))};
}

}  // namespace minhu::demo
