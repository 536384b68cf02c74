// Did fewer come because fewer could come? A class also falls when a door is closed, when people
// are turned away, when cases are merged or filed under another name. Pure.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "engines/recurrence/counts.h"
#include "kernel/result.h"

namespace minhu::recurrence {

// All cases of the places of the class that came through one door, whatever they were about, in
// windows of the same season before and after the measure.
struct Door {
  std::string name;
  std::int64_t days_open_before = 0;
  std::int64_t days_open_after = 0;
  std::int64_t cases_before = 0;
  std::int64_t cases_after = 0;
};

// What became of cases, by what an office can do to have fewer of them.
struct Treatment {
  std::int64_t received = 0;
  std::int64_t not_accepted = 0;  // refused, no longer accepted, sent to another road
  std::int64_t merged = 0;
  std::int64_t withdrawn = 0;
};

struct Doors {
  std::vector<Door> doors;
  Treatment all_before;  // everything that came in these places
  Treatment all_after;
  Treatment class_before;  // of the class
  Treatment class_after;
  // Neighbouring categories: where cases of the class would land under another name.
  std::optional<std::int64_t> neighbours_before;
  std::optional<std::int64_t> neighbours_after;
};

enum class Access : std::uint8_t { open, narrowed, unknown };

struct Narrowing {
  Access access = Access::unknown;
  std::vector<Sentence> reasons;  // recurrence.narrowed.*, empty when open
};

// Faults invalid_input recurrence.bad_doors: a negative number, days beyond 36,600, parts larger
// than what was received.
Result<Narrowing> narrowing(const Doors& doors);

}  // namespace minhu::recurrence
