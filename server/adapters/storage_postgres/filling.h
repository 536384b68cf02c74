// Fills a database whose schema is there and whose tables are empty, with COPY: many times as fast
// as one INSERT a row, and all or nothing.
#pragma once

#include <memory>
#include <string>

#include "adapters/storage_postgres/connection.h"
#include "ports/storage.h"
#include "ports/tables.h"

namespace minhu::storage_postgres {

class Filling {
 public:
  // Takes the lock of the whole database until it is committed or goes. StorageUnreachable,
  // StorageFailure.
  explicit Filling(const std::string& address);

  // Removes what the steps of the schema may have put there. StorageFailure when `table` is not in
  // this database.
  void begin(const TableShape& table);
  void add(const Row& row);  // with the columns of the table, in their order
  std::int64_t end();        // how many rows the server took
  void commit();             // durable

 private:
  struct Close {
    void operator()(pg_conn* connection) const noexcept;
  };
  Answer run(const std::string& sql);
  void send();

  std::unique_ptr<pg_conn, Close> connection_;
  TableShape table_;
  bool walled_ = false;
  std::string buffer_;
};

}  // namespace minhu::storage_postgres
