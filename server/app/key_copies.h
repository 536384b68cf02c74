// Copies of the key store, made and forgotten by the program itself: a promise of days until
// nothing can be opened any more is worth what the oldest copy of the keys is worth.
#pragma once

#include "adapters/storage_sqlite/sqlite_database.h"
#include "app/data_folder.h"

namespace minhu::app {

// One for each day into DATA/keys.copies, the latest state of that day; those of more than seven
// days (and of days to come, cases::may_stay) are removed first, whatever else happens. A copy that
// cannot be written is said in the log; the one before stays. Where the keys are on a server (no
// file) only old copies are removed.
void copy_keys(const DataFolder& folder, const storage_sqlite::SqliteDatabase* keys, Instant now);

// The copy of that day.
std::filesystem::path key_copy_of(const DataFolder& folder, Instant day);

}  // namespace minhu::app
