// The rules of docs/adr/0003 and INV-10/INV-15, asked of a database and of the statements that run
// on it. Each function gives one sentence for each breach.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "ports/storage.h"

namespace minhu::architecture {

using Breaches = std::vector<std::string>;
// Name → why it is allowed.
using Allowed = std::map<std::string, std::string, std::less<>>;

// Tables, keys, indexes, foreign keys and types as they stand in the database. `without_region`:
// tables that belong to no region.
Breaches schema_breaches(Reading& reading, const Allowed& without_region);

// What a step of the schema does that the program of the release before could not live with, which
// may still serve beside the one that runs the step. A step adds.
Breaches step_breaches(std::string_view sql);

// The words of a name ("case_file", "danger_to_life") that could rank, score, label or profile a
// person, or that record what an office has no business with. `allowed`: whole names.
Breaches name_breaches(std::string_view kind, std::string_view name, const Allowed& allowed);
std::vector<std::string> table_and_column_names(Reading& reading);
// The enumerators of every enum in a C++ source.
std::vector<std::string> enumerators_of(std::string_view source);

// A statement without region_id in its WHERE or its columns, in one of its joins or first in the
// key of a conflict; one that moves a row to another region; or one in a dialect of one database.
Breaches statement_breaches(std::string_view sql);

// How the database would run it: a table that grows with the cases must not be read through,
// neither whole nor whole within its region. `small`: tables that do not grow with cases.
Breaches plan_breaches(Reading& reading, std::string_view sql, const Allowed& small);

}  // namespace minhu::architecture
