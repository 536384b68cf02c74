// Brings a schema up to date, the same steps for every database.
#pragma once

#include <span>

#include "ports/storage.h"

namespace minhu {

// Each step runs once, in a transaction of its own. StorageFailure when a step that ran has another
// text now, or when the data is newer than this program. Two servers that start at once do each
// step once: whoever comes second finds it done.
void migrate(Database& database, std::span<const Migration> steps, Instant now);

}  // namespace minhu
