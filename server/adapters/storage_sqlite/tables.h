// What tables a file has.
#pragma once

#include "ports/storage.h"
#include "ports/tables.h"

namespace minhu::storage_sqlite {

// By name. StorageFailure when a column is of no type of the common subset.
std::vector<TableShape> tables_of(Reading& reading);
std::vector<TableShape> tables_of(Database& database);

}  // namespace minhu::storage_sqlite
