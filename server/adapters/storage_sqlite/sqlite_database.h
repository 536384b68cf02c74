// Database on one SQLite file: WAL, synchronous=FULL, one connection that writes and checkpoints,
// several that read.
//
// Group commit: callers of write_job wait while the writer takes everything that is queued into one
// transaction, a savepoint each, commits once, and wakes them all. A lone caller is not kept
// waiting for company.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>

#include "ports/storage.h"

namespace minhu::storage_sqlite {

enum class Durability {
  full,             // survives power loss; the only one that production accepts
  unsafe_for_tests  // synchronous=NORMAL: survives a crash of the process, loses commits when the
                    // power goes
};

struct Options {
  std::filesystem::path file;
  std::size_t readers = 4;
  std::int64_t writer_cache_kib = 64 * 1024;
  std::int64_t reader_cache_kib = 8 * 1024;
  std::size_t most_jobs_in_a_commit = 512;
  Durability durability = Durability::full;
  // For a file in which nothing may be found that was deleted: after each commit the log is moved
  // into the file and cut to nothing, before anybody is told. Slow; for rare writes.
  bool fold_log_at_once = false;
  bool record_batches = false;  // keep the size of every batch, for benchmarks that replay them
};

class SqliteDatabase final : public Database {
 public:
  // Opens or creates the file and takes it for this process alone; StorageFailure says when another
  // has it.
  explicit SqliteDatabase(const Options& options);
  ~SqliteDatabase() override;  // finishes what is queued

  Outcome write_job(const std::function<Outcome(Transaction&)>& job) override;
  void read_job(const std::function<void(Reading&)>& job) override;

  WriterFigures figures() const override;

  // A copy of the whole as it is at one moment, durable and under its name only when complete. For
  // the key store's own copies; throws StorageFailure when it could not be written.
  void copy_to(const std::filesystem::path& file) const;

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace minhu::storage_sqlite
