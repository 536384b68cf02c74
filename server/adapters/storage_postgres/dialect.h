// The common subset of SQL (docs/adr/0003) as PostgreSQL says it.
#pragma once

#include <string>
#include <string_view>

namespace minhu::storage_postgres {

struct Statement {
  std::string text;
  // A plain INSERT of one row. Where it may meet a duplicate it can be told to do nothing about
  // one, and need not stand in a savepoint of its own to be undone alone.
  bool inserts_one_row = false;
  // That, or one that changes the row that is there already (ON CONFLICT (…) DO UPDATE SET without
  // WHERE): it changes one row or fails, so nobody has to wait for its answer.
  bool changes_one_row = false;
  // Reads or changes rows, and is asked again and again; the rest makes tables or moves a
  // transaction.
  bool is_of_rows = false;
};

// ?1 becomes $1 and BLOB becomes BYTEA, outside of texts in quotes; in a statement that makes or
// changes a table INTEGER becomes BIGINT.
Statement translate(std::string_view sql);

}  // namespace minhu::storage_postgres
