// Known need of a place: what has been said there and is not yet solved. Whole numbers, so that a
// value is the same on every machine and no rounding can turn one more word into less.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "kernel/civil_time.h"

namespace minhu::silence {

// Millionths of an ordinary matter that one person has raised and that is not late.
using Points = std::int64_t;
inline constexpr Points one_matter = 1'000'000;

enum class Standing : std::uint8_t {
  open,       // or reopened, or disputed
  closed,     // the office says so, and nobody who raised it has confirmed it
  confirmed,  // by the person who raised it
};

struct Known {
  std::int64_t severity = 1000;  // thousandths, as of Class
  std::int64_t others = 0;       // further people who said the same, each once
  Standing standing = Standing::open;
  std::optional<Date> closed_on;  // while `closed`
  std::optional<Date> due;        // of the answer
  std::int64_t limit_days = 30;   // that the office had; at least 1
  // What was merged into it since the last visit, as each of them would stand by itself. Merging
  // brings order and must not make a place matter less: the sum before is kept until somebody came.
  std::vector<Known> merged;
};

// What only an office calls solved counts half, for so many days.
inline constexpr std::int64_t days_unconfirmed = 30;

// severity × (1 + ln(1 + others)) × (1 + lateness up to 2) × 1, ½ or 0 by its standing.
Points need_of(const Known& known, Date day);
// The same with everything that was merged into it: never below their sum.
Points need_with_merged(const Known& known, Date day);

// `into` after `from` was merged into it, as of now. `others` are the further people of both.
Known merge(Known into, Known from, std::int64_t others);
// It and all that was merged into it stand like this from now on. A merged matter is confirmed when
// everybody who raised a part of it has confirmed it.
Known stand(Known known, Standing standing, std::optional<Date> closed_on = std::nullopt);
// After a visit the merged parts are forgotten.
Known after_visit(Known known);

// Natural logarithm of a whole number above nothing, in millionths, rounded down; the same on every
// machine.
std::int64_t millionths_of_log(std::int64_t number);

}  // namespace minhu::silence
