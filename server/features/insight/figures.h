// The figures that are shown, in one table: what each means to the letter, what is above and below
// the line, and whether everybody sees it. Pure.
//
// The rule that keeps them honest (docs/figures.md): a published share counts above the line only
// what another body has heard from the speaker, over everything that fell due. Whatever an office
// can bring about alone (closing, refusing, splitting, merging, asking for stars) moves nothing up.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "features/insight/cells.h"

namespace minhu::insight {

enum class Audience : std::uint8_t {
  everybody,
  offices,  // helps an office to see itself; could be improved without helping anybody
};
enum class Better : std::uint8_t { more, less, neither };

struct Share {
  std::int64_t above = 0;
  std::int64_t below = 0;  // nothing is divided by 0: such a share is "—"
  bool operator==(const Share&) const = default;
};

struct Figure {
  std::string_view name;  // its sentences: insight.<name>.title, .what (the exact definition)
  Audience audience;
  Better better;
  Share (*share)(const Counts&);
};
// In the order in which they are shown.
std::span<const Figure> figures();
const Figure* figure_named(std::string_view name);

// What the terms and sentences of the domain call figures and this program cannot know yet. Each
// has a sentence that says why: insight.not_measured.<name>.
std::span<const std::string_view> not_measured();

std::int64_t total(const Counts& counts, Measure measure);
std::int64_t in_bucket(const Counts& counts, Measure measure, std::size_t bucket);
template <class Enum>
std::int64_t in_bucket(const Counts& counts, Measure measure, Enum bucket) {
  return in_bucket(counts, measure, static_cast<std::size_t>(bucket));
}

// Where everything that fell due stands, in the order of Standing with "nothing yet" at the end.
struct Whole {
  std::int64_t standing[standing_count] = {};
  std::int64_t open = 0;
  std::int64_t due() const;        // all but what the unit registered itself
  std::int64_t in_time() const;    // answered in time, whatever the speaker says
  std::int64_t set_aside() const;  // listed apart, never counted against the unit
};
Whole whole(const Counts& counts);

// Exact from whole days. The median and the 90th percentile are of everything that fell due: what
// has no such day yet stands behind everything that has, so that leaving hard matters undone
// shortens nothing. Nothing: it falls among those. The mean is of those that have one.
struct Days {
  std::optional<std::int64_t> median;
  std::optional<std::int64_t> p90;
  std::int64_t sum = 0;  // the mean is sum / counted
  std::int64_t counted = 0;
  std::int64_t of = 0;
};
Days days(const Counts& counts, Measure histogram);

// Due on a later day than today: not due yet, whatever month it is counted in.
void leave_out_what_is_not_due(Cells& cells, Date today);

}  // namespace minhu::insight
