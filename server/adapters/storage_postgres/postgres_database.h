// Database on a PostgreSQL server (15 or later): one transaction writes at a time, as in a file,
// and reads see one moment.
//
// Group commit as in ports/write_queue.h. The writer of each server takes a lock of its region for
// the time of its transaction (docs/adr/0016): what two servers write comes one after the other, so
// that a use case sees here what it sees on SQLite. Every commit moves a mark of its writer; when
// the answer to a COMMIT is lost, the mark says whether it was carried out.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "adapters/storage_postgres/connection.h"
#include "ports/storage.h"

namespace minhu::storage_postgres {

enum class Durability {
  full,             // a server without fsync or with synchronous_commit = off is refused
  unsafe_for_tests  // takes the server as it is
};

struct Options {
  std::string address;  // "postgresql://…", as libpq reads it
  std::size_t readers = 4;
  // PostgreSQL keeps 64 subtransactions of a transaction at hand; with more, every reader would
  // have to look them up on disk.
  std::size_t most_jobs_in_a_commit = 60;
  Durability durability = Durability::full;
  Limits limits;
  bool record_batches = false;
  // Whether a job may run again when what it did is known to be undone (a connection that broke,
  // somebody else's lock). Only jobs that leave their caller's things as they were may: one that
  // moved its words into the first run has none for the second. Without it their callers are told
  // that nothing was kept.
  bool jobs_may_run_again = false;
  // Runs every job, undoes it and runs it again: shows that it is a function of its transaction.
  bool twice_for_tests = false;
};

class PostgresDatabase final : public Database {
 public:
  // StorageUnreachable when nobody answers; StorageFailure says what about the server will not do:
  // its version, its encoding or order of texts, its durability, our rights.
  explicit PostgresDatabase(const Options& options);
  ~PostgresDatabase() override;  // finishes what is queued

  // From now on nothing of another region can be read or written through this object, even by a
  // statement that forgot its region, and only writers of this region wait for each other.
  void keep_to(RegionId region);

  // minhu::migrate, and then the wall between regions around every table that has none yet. While
  // nothing else writes through this object.
  void bring_up_to_date(std::span<const Migration> steps, Instant now);

  // Which database of which server this is, whatever address it was opened by, and whether that
  // server keeps a log of what was there before: who has a physical copy of the server has all of
  // its databases.
  struct Place {
    std::string server;
    std::string database;
    bool keeps_its_log = false;
  };
  Place place();

  Outcome write_job(const std::function<Outcome(Transaction&)>& job) override;
  void read_job(const std::function<void(Reading&)>& job) override;
  WriterFigures figures() const override;

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace minhu::storage_postgres
