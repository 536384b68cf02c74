// What tables a database on a server has.
#pragma once

#include "ports/storage.h"
#include "ports/tables.h"

namespace minhu::storage_postgres {

// By name, without those that are the adapter's own. StorageFailure when a column is of no type of
// the common subset.
std::vector<TableShape> tables_of(Reading& reading);

}  // namespace minhu::storage_postgres
