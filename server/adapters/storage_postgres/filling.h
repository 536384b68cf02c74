// ports/filling.h with COPY.
#pragma once

#include <memory>
#include <string>

#include "adapters/storage_postgres/connection.h"
#include "ports/filling.h"

namespace minhu::storage_postgres {

class Filling final : public minhu::Filling {
 public:
  // Takes the lock of the whole database until it is committed or goes. StorageUnreachable,
  // StorageFailure.
  explicit Filling(const std::string& address);

  void begin(const TableShape& table) override;
  void add(const Row& row) override;
  std::int64_t end() override;
  void commit() override;

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
