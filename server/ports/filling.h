// Fills a database whose schema is there with the rows of another, table after table: many times as
// fast as one use case a row, and all or nothing.
#pragma once

#include "ports/storage.h"
#include "ports/tables.h"

namespace minhu {

class Filling {
 public:
  virtual ~Filling() = default;

  // Removes what the steps of the schema may have put there. StorageFailure when `table` is not in
  // this database.
  virtual void begin(const TableShape& table) = 0;
  virtual void add(const Row& row) = 0;  // with the columns of the table, in their order
  virtual std::int64_t end() = 0;        // how many rows were taken
  virtual void commit() = 0;             // durable
};

}  // namespace minhu
