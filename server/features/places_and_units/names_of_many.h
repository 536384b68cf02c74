// What many places and categories are called, for lists: a question or two however long the list is
// (ports/in_groups.h). One that is not in the registers is not in the answer.
#pragma once

#include <map>
#include <span>
#include <string>

#include "ports/storage.h"

namespace minhu::places_and_units {

// By code.
std::map<std::string, std::string> place_names(Reading& reading, RegionId region,
                                               std::span<const std::string> codes);
// What place_path says of each, by code.
std::map<std::string, std::string> place_paths(Reading& reading, RegionId region,
                                               std::span<const std::string> codes);
// By "scheme:code".
std::map<std::string, std::string> category_names(Reading& reading, RegionId region,
                                                  std::span<const std::string> categories);

}  // namespace minhu::places_and_units
