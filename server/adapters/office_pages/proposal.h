// What the rules of the county would do with some words at some place, and whether that is allowed.
// A person decides; this is only shown to them with its reasons.
#pragma once

#include <optional>
#include <string>

#include "features/places_and_units/places_and_units.h"

namespace minhu::office_pages {

struct Proposal {
  std::string category;  // the one that was settled, or the guess; "scheme:code"
  std::string category_name;
  std::optional<places_and_units::Guess> guess;  // only where nothing was settled
  std::optional<places_and_units::Suggestion> suggestion;
  std::optional<Fault> refused;  // why the suggested unit may not take it (INV-36)
  bool unit_closed = false;
};
Proposal propose(Reading& reading, RegionId region, std::string_view settled_category,
                 std::string_view place, std::string_view text);

// The tree that this county sorts by: that of `category` where there is one.
std::vector<places_and_units::Category> categories_like(Reading& reading, RegionId region,
                                                        std::string_view category);

}  // namespace minhu::office_pages
