// What a job gets: a connection inside an open transaction.
#pragma once

#include "adapters/storage_postgres/connection.h"

namespace minhu::storage_postgres {

class PostgresReading final : public Reading {
 public:
  explicit PostgresReading(Connection& connection) : connection_(connection) {}
  void query(std::string_view sql, const Parameters& parameters,
             const std::function<void(const Row&)>& each) override;

 private:
  Connection& connection_;
};

class PostgresTransaction final : public Transaction {
 public:
  explicit PostgresTransaction(Connection& connection) : connection_(connection) {}
  void query(std::string_view sql, const Parameters& parameters,
             const std::function<void(const Row&)>& each) override;
  Result<std::int64_t> try_execute(std::string_view sql, const Parameters& parameters) override;
  std::int64_t execute(std::string_view sql, const Parameters& parameters) override;
  Outcome savepoint(const std::function<Outcome()>& part) override;

 private:
  void undo(const std::string& savepoint);
  bool undone_after_failure(const std::string& savepoint);

  Connection& connection_;
  int depth_ = 0;  // of parts within parts
};

}  // namespace minhu::storage_postgres
