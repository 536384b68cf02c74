// Figures as they may be shown: small numbers are hidden already, whoever asks. Offices and fields
// only; no case and no person can be asked for.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "features/cases/context.h"
#include "features/insight/figures.h"
#include "features/insight/hiding.h"
#include "features/insight/period.h"
#include "features/places_and_units/places_and_units.h"
#include "ports/storage.h"

namespace minhu::insight {

struct Asked {
  Period period;
  UnitId unit;  // empty: the whole county
  std::optional<cases::Track> track;
};

struct ShownShare {
  const Figure* figure = nullptr;
  Hideable above;  // hidden where it or the rest is from 1 to 4
  Hideable below;
};

struct Part {
  std::string_view name;  // of a Standing, or "open"
  Hideable count;
};

struct ShownDays {
  std::string_view name;     // "days_to_solved", …
  std::optional<Days> days;  // nothing: too few
};

// Everything about one period of the county or of one unit.
struct Picture {
  Hideable received;
  Hideable due;
  std::vector<Part> parts;  // add up to `due`
  Hideable own_registered;
  std::vector<ShownShare> shares;
  std::vector<ShownDays> days;
  std::vector<Part> counts;  // returned, reopened, … by the day on which it happened
};
Picture picture(Reading& reading, const cases::County& county, const Asked& asked, Instant now);
// Of counts already added up.
Picture picture_of(const Counts& counts);

struct Month {
  Period period;
  Picture picture;
};
// The months up to and with that of `now`, the earliest first.
std::vector<Month> history(Reading& reading, const cases::County& county, UnitId unit,
                           std::optional<cases::Track> track, int months, Scheme scheme,
                           Instant now);

// Offices of about the same work, never an order among them. A band is where the middle half of
// them lies, in whole per cent, and is given for five offices or more.
enum class Size : std::uint8_t { few, small, medium, large };
std::string_view name(Size) noexcept;
struct Band {
  const Figure* figure = nullptr;
  std::int64_t low_percent = 0;
  std::int64_t high_percent = 0;
};
struct Tier {
  Size size = Size::few;      // by what fell due in a year's time: below 5, 50, 500, or more
  bool long_matters = false;  // more than half on the track of petitions, with its 60 days
  std::int64_t offices = 0;
  std::vector<Band> bands;
};
Tier tier_of(Reading& reading, const cases::County& county, UnitId unit, const Period& period,
             Instant now);

// Every office in the order of its name. Those with fewer than five are one line together.
struct OfficeLine {
  std::string name;  // empty: the line of the small ones
  UnitId unit;
  std::int64_t offices = 1;
  Hideable received;
  std::int64_t due = 0;
  std::vector<Part> parts;  // solved, unconfirmed, late, open, set_aside: add up to `due`
  Hideable returned;
  Hideable reopened;
  // To a solved matter, of all that fell due; nothing where fewer than five were solved.
  std::optional<std::int64_t> median_days;
};
std::vector<OfficeLine> offices(Reading& reading, const cases::County& county, const Period& period,
                                Instant now);

}  // namespace minhu::insight
