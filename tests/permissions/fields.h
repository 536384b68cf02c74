// The names of the fields that each answer of the API may have, by the door: what is not named here
// is told to nobody.
#pragma once

#include <set>
#include <string>
#include <string_view>

#include "doors.h"

namespace minhu::permission_matrix {

// "timeline[].texts[].field" and so on.
std::set<std::string> field_names(std::string_view json);
// Of the answer to whoever may. Nothing is known of a door that answers no JSON.
std::set<std::string> allowed_fields(const Door& door);
std::set<std::string> problem_fields();

}  // namespace minhu::permission_matrix
