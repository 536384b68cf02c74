// The common subset of SQL (docs/adr/0003) as PostgreSQL says it.
#pragma once

#include <string>
#include <string_view>

namespace minhu::storage_postgres {

enum class Duplicates {
  as_written,
  // A plain INSERT of one row is told to do nothing about a duplicate, so that it need not stand in
  // a savepoint of its own to be undone alone: no row inserted then means that one was there.
  counted_as_none
};

struct Statement {
  std::string text;
  // Whether counted_as_none could be said of it.
  bool none_means_duplicate = false;
};

// ?1 becomes $1 and BLOB becomes BYTEA, outside of texts in quotes; in a statement that makes or
// changes a table INTEGER becomes BIGINT.
Statement translate(std::string_view sql, Duplicates duplicates = Duplicates::as_written);

}  // namespace minhu::storage_postgres
