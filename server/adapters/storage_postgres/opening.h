// What a transaction begins with, and what a server must be like.
#pragma once

#include <string>
#include <vector>

#include "adapters/storage_postgres/connection.h"

namespace minhu::storage_postgres {

// Region 0: all of them, for migrations and for an installation that does not yet know its own.
std::vector<std::string> opening_of_a_read(RegionId region, const Limits& limits);
std::vector<std::string> opening_of_a_write(RegionId region, const Limits& limits);

// StorageFailure says what will not do. `durable`: also what would lose an acknowledged commit.
void check_server(Connection& connection, bool durable);

}  // namespace minhu::storage_postgres
