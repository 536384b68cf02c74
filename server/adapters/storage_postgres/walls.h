// The second wall between regions: row-level security.
//
// Every statement names its region; the wall is there for the one that forgets. Each transaction
// says of which region it is (opening.h); rows of others are neither seen nor written. Whoever says
// nothing, a `psql` for example, sees no rows at all; region 0 stands for all of them. A superuser
// of the server stands above every wall.
#pragma once

#include "ports/storage.h"

namespace minhu::storage_postgres {

// Around every table with a region_id that has none yet. While the whole database is locked.
void raise_walls(Transaction& transaction);

}  // namespace minhu::storage_postgres
