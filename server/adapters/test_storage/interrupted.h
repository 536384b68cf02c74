// For tests: a database on which something happens just before the next job that writes, as another
// server would do it between a reading and what is written because of it. Once.
#pragma once

#include <functional>
#include <utility>

#include "ports/storage.h"

namespace minhu::test_storage {

class Interrupted final : public Database {
 public:
  Interrupted(Database& database, std::function<void()> happens)
      : database_(database), happens_(std::move(happens)) {}
  Outcome write_job(const std::function<Outcome(Transaction&)>& job) override {
    if (const auto happens = std::exchange(happens_, nullptr)) happens();
    return database_.write_job(job);
  }
  void read_job(const std::function<void(Reading&)>& job) override { database_.read_job(job); }

 private:
  Database& database_;
  std::function<void()> happens_;
};

}  // namespace minhu::test_storage
