// Whether a server keeps what it says it has kept: through a power cut, and when a standby takes
// over.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "adapters/storage_postgres/connection.h"

namespace minhu::storage_postgres {

// What a server says of itself, in its own words.
struct Promises {
  std::string fsync;                      // on
  std::string full_page_writes;           // on
  std::string data_sync_retry;            // off: after a failed flush nothing is believed
  std::string synchronous_commit;         // on or remote_apply
  std::string synchronous_standby_names;  // whom a commit waits for; empty: for nobody
  std::int64_t followers = 0;        // standbys that follow, and places kept for some that are away
  std::int64_t unlogged_tables = 0;  // of ours; empty after a crash
};

Promises promises_of(Connection& connection);

// A sentence about what an acknowledged commit could be lost by, and what to set; nothing when by
// nothing. A single server without standbys keeps what is on its disk, and is accepted.
std::optional<std::string> what_would_be_lost(const Promises& promises);

}  // namespace minhu::storage_postgres
