// A whole database out of a file onto a PostgreSQL server.
#pragma once

#include <span>
#include <string>

#include "kernel/result.h"
#include "ports/storage.h"

namespace minhu::app {

struct Moved {
  std::int64_t tables = 0;
  std::int64_t rows = 0;
};

// Copies every table in one transaction, reads all of it back and compares, table by table, the
// number of rows and what is in them. `from` is a SqliteDatabase that nobody writes to. Faults:
// conflict app.server_has_data; unavailable app.storage_unreachable, app.storage_unfit (details:
// reason). After a fault of the comparison the server has what was copied, and the file is as it
// was.
Result<Moved> move_to_server(Database& from, const std::string& address,
                             std::span<const Migration> steps, Instant now);

}  // namespace minhu::app
