// The database as somebody sees it who may use it only while holding a lease: every write looks at
// the lease in its own transaction, every read in its own view. What is given to a job in place of
// the database itself, so that no job has to think of it.
#pragma once

#include <stdexcept>

#include "features/leases/lease.h"

namespace minhu::leases {

// What a read says: the caller must not go on with what it was doing.
class Lost : public std::runtime_error {
 public:
  Lost() : std::runtime_error("another server does this now") {}
};

// For one worker, who says when it begins something that is to be done within one term: what it has
// in its hands from an earlier one is worth nothing. Writes give Fault conflict "leases.lost", and
// nothing was kept; reads throw Lost.
class FencedDatabase final : public Database {
 public:
  // Both outlive it, and the lease is one of that database.
  FencedDatabase(Database& database, const Lease& lease) : database_(database), lease_(lease) {}

  void begin() { term_ = lease_.term(); }
  // Whether what was begun may still come to its end, as far as this process knows.
  bool goes_on() const { return lease_.is_held() && lease_.term() == term_.load(); }

  WriterFigures figures() const override { return database_.figures(); }

  Outcome write_job(const std::function<Outcome(Transaction&)>& job) override {
    return database_.write_job([&](Transaction& transaction) -> Outcome {
      MINHU_CHECK_OK(lease_.check(transaction, term_));
      return job(transaction);
    });
  }

  void read_job(const std::function<void(Reading&)>& job) override {
    database_.read_job([&](Reading& reading) {
      if (!lease_.check(reading, term_)) throw Lost();
      job(reading);
    });
  }

 private:
  Database& database_;
  const Lease& lease_;
  std::atomic<std::int64_t> term_{0};
};

}  // namespace minhu::leases
