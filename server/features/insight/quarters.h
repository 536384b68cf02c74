// What everybody may see: finished quarters, each by itself (docs/adr/0023). A quarter is its three
// months, its county and its offices, made from the data of that quarter alone and hidden together,
// so that all of it says no more than each number that is shown.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "features/cases/context.h"
#include "features/insight/figures.h"
#include "features/insight/hiding.h"
#include "features/insight/period.h"
#include "features/insight/queries.h"
#include "ports/storage.h"

namespace minhu::insight {

// The county, one of the months, or one office. Hideable: nothing stands for a number that is not
// published.
struct QuarterLine {
  std::string name;  // of the office or the month ("2026-07"); empty: offices that have no name
  UnitId unit;
  Period period;
  Hideable received;
  Hideable due;
  std::vector<Part> parts;  // solved, unconfirmed, late, open, set_aside: add up to `due`
};

struct OfficeOfQuarter : QuarterLine {
  Hideable returned;
  Hideable reopened;
  // To a solved matter, of all that fell due. Only where the numbers that are shown say already
  // that half of those were solved: else it would tell something about those that are not.
  std::optional<std::int64_t> median_days;
};

// How many of the details are those of `unconfirmed`; they come first.
inline constexpr std::size_t details_of_unconfirmed = 4;

struct Quarter {
  Period period;
  QuarterLine county;
  std::optional<std::int64_t> median_days;
  std::vector<Part> details;       // what `unconfirmed` and `set_aside` are made of
  std::vector<ShownShare> shares;  // those for everybody
  std::vector<QuarterLine> months;
  std::vector<OfficeOfQuarter> offices;  // that had anything, by name; no order among them
  bool is_empty() const;                 // nothing came in and nothing fell due
};

struct Office {
  UnitId unit;
  std::string name;
};
// Of all cells of one quarter that is over, whatever else is in them. Pure.
Quarter published_quarter(const Cells& cells, const Period& period,
                          const std::vector<Office>& offices);

// The last `most` quarters that are over and have anything in them, the latest first.
std::vector<Quarter> finished_quarters(Reading& reading, const cases::County& county, Instant now,
                                       int most);
// The day from which on the figures of the quarter that runs are published.
Date next_published(const cases::County& county, Instant now);

}  // namespace minhu::insight
