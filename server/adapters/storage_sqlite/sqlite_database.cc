#include "adapters/storage_sqlite/sqlite_database.h"

#include <fcntl.h>
#include <sqlite3.h>
#include <sys/file.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>

#include "adapters/storage_sqlite/connection.h"
#include "ports/reader_pool.h"
#include "ports/sole_writer.h"
#include "ports/write_queue.h"

namespace minhu::storage_sqlite {

namespace {

constexpr int exit_after_input_output_failure = 70;
// Pages of the log before the writer moves them into the file: about 16 MiB of 4 KiB pages. More
// would be moved less often, but everybody waits while they move: with 64 MiB that was 50 ms, and
// the slowest hundredth of the callers felt it.
constexpr int checkpoint_after_frames = 4096;
// What has moved stays in the log until a transaction finds nobody who reads from it: then the log
// begins anew. Where somebody always reads, nobody is ever found, and the log grows (731 MB were
// seen after ten minutes of 2,000 reads a second); all of it is read at the next start. So from
// here on the writer waits a moment for those who read, once a second at most: a long read is
// waited for in vain each time, and everybody who writes waits with it.
constexpr int restart_after_frames = 4 * checkpoint_after_frames;
constexpr auto between_restarts = std::chrono::seconds(1);
constexpr auto wait_for_readers = std::chrono::milliseconds(20);
// On the disk no more is kept for later use than that.
constexpr std::int64_t log_kept_bytes = std::int64_t{64} << 20;

// Nobody may be answered after this: whoever waits sees the connection break and asks again with
// the same token.
[[noreturn]] void leave(const std::exception& error) noexcept {
  std::fprintf(stderr,
               "minhu: the disk failed while storing (%s). Nothing more is accepted; check the "
               "disk, then start again.\n",
               error.what());
  std::_Exit(exit_after_input_output_failure);
}

// Of all files that this process has open: what was remembered of one is never taken for another's.
std::atomic<std::uint64_t> last_number = 0;

class SqliteReading final : public Reading, public SoleWritersView {
 public:
  SqliteReading(Connection& connection, const SoleWritersView& view)
      : SoleWritersView(view), connection_(connection) {}
  void query(std::string_view sql, const Parameters& parameters,
             const std::function<void(const Row&)>& each) override {
    connection_.query(sql, parameters, each);
  }

 private:
  Connection& connection_;
};

class SqliteTransaction final : public Transaction, public SoleWritersView {
 public:
  SqliteTransaction(Connection& connection, const SoleWritersView& view)
      : SoleWritersView(view), connection_(connection) {}
  void query(std::string_view sql, const Parameters& parameters,
             const std::function<void(const Row&)>& each) override {
    connection_.query(sql, parameters, each);
  }
  Result<std::int64_t> try_execute(std::string_view sql, const Parameters& parameters) override {
    return connection_.execute(sql, parameters);
  }
  Outcome savepoint(const std::function<Outcome()>& part) override {
    connection_.execute("SAVEPOINT part", {});
    try {
      Outcome outcome = part();
      if (!outcome) connection_.execute("ROLLBACK TO part", {});
      connection_.execute("RELEASE part", {});
      return outcome;
    } catch (const DiskFull&) {
      throw;  // SQLite has rolled the whole transaction back
    } catch (const InputOutputFailure&) {
      throw;
    } catch (...) {
      connection_.execute("ROLLBACK TO part", {});
      connection_.execute("RELEASE part", {});
      throw;
    }
  }

 private:
  Connection& connection_;
};

using Job = WriteQueue::Job;

// Keeps a second process from writing: two writers would meet the log-reset bug of SQLite
// before 3.51.3.
class FileLock {
 public:
  explicit FileLock(const std::filesystem::path& file)
      : descriptor_(::open((file.string() + ".lock").c_str(), O_CREAT | O_RDWR | O_CLOEXEC, 0600)) {
    if (descriptor_ < 0 || ::flock(descriptor_, LOCK_EX | LOCK_NB) != 0) {
      if (descriptor_ >= 0) ::close(descriptor_);
      throw StorageFailure("another minhu is using " + file.string() +
                           "; stop it first, or name another --data");
    }
  }
  FileLock(const FileLock&) = delete;
  FileLock& operator=(const FileLock&) = delete;
  ~FileLock() { ::close(descriptor_); }

 private:
  int descriptor_;
};

// A created file is only there for good when its folder is.
void sync_folder(const std::filesystem::path& folder) {
  const int descriptor = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (descriptor < 0) return;
  ::fsync(descriptor);
  ::close(descriptor);
}

}  // namespace

class SqliteDatabase::Impl {
 public:
  explicit Impl(const Options& options)
      : options_(options),
        lock_(options.file),
        writer_(options.file, Access::read_write, options.writer_cache_kib) {
    writer_.run("PRAGMA journal_mode = WAL");
    writer_.run("PRAGMA wal_autocheckpoint = 0");
    writer_.run_script("PRAGMA journal_size_limit = " + std::to_string(log_kept_bytes));
    writer_.count_log_frames();
    writer_.run(options.durability == Durability::full ? "PRAGMA synchronous = FULL"
                                                       : "PRAGMA synchronous = NORMAL");
    sync_folder(std::filesystem::absolute(options.file).parent_path());
    for (std::size_t i = 0; i < options.readers; ++i) {
      readers_.add(
          std::make_unique<Connection>(options.file, Access::read_only, options.reader_cache_kib));
    }
    queue_.emplace(WriteQueue::Work{options.most_jobs_in_a_commit, options.record_batches,
                                    [this](std::span<Job* const> batch) { commit(batch); },
                                    [this] { checkpoint_when_due(); }});
  }

  ~Impl() {
    queue_.reset();
    readers_.clear();
    try {
      writer_.checkpoint(SQLITE_CHECKPOINT_TRUNCATE);
    } catch (const std::exception& error) {
      std::fprintf(stderr, "minhu: the log could not be folded in at the end: %s\n", error.what());
    }
  }

  Outcome write(const std::function<Outcome(Transaction&)>& work) { return queue_->write(work); }

  void read(const std::function<void(Reading&)>& work) {
    const auto connection = readers_.take();
    // Before the view begins: it may hold later commits, never fewer.
    const SoleWritersView view(table_, committed_.load(std::memory_order_acquire));
    connection->execute("BEGIN", {});
    const End end{*connection};
    SqliteReading reading(*connection, view);
    work(reading);
  }

  void copy_to(const std::filesystem::path& file) const {
    const std::filesystem::path unfinished = file.string() + ".new";
    std::filesystem::remove(unfinished);
    {
      Connection from(options_.file, Access::read_only, options_.reader_cache_kib);
      from.copy_to(unfinished);
    }
    const int descriptor = ::open(unfinished.c_str(), O_RDONLY | O_CLOEXEC);
    const bool kept = descriptor >= 0 && ::fsync(descriptor) == 0;
    if (descriptor >= 0) ::close(descriptor);
    if (!kept || ::rename(unfinished.c_str(), file.c_str()) != 0) {
      throw StorageFailure("the copy " + file.string() + " could not be written");
    }
    sync_folder(std::filesystem::absolute(file).parent_path());
  }

  WriterFigures figures() const {
    WriterFigures figures = queue_->figures();
    figures.checkpoints = checkpoints_;
    return figures;
  }

 private:
  struct End {
    Connection& connection;
    ~End() {
      try {
        connection.execute("COMMIT", {});
      } catch (const std::exception& error) {
        leave(error);  // a read that cannot end would hold the log for ever
      }
    }
  };

  void commit(std::span<Job* const> batch) {
    const std::uint64_t number = ++last_number;
    try {
      writer_.execute("BEGIN IMMEDIATE", {});
      SqliteTransaction transaction(writer_, {table_, number});
      for (Job* job : batch) run(transaction, *job);
      writer_.execute("COMMIT", {});
      committed_.store(number, std::memory_order_release);
    } catch (const DiskFull&) {
      roll_back();
      for (Job* job : batch) {
        job->thrown = nullptr;
        job->outcome = fail(FaultCode::out_of_storage, "storage.full");
      }
    } catch (const std::exception& error) {
      leave(error);
    }
    if (options_.fold_log_at_once) fold_log();
  }

  // Runs one job alone: whatever it throws is its caller's, except what says that the file itself
  // has failed.
  void run(SqliteTransaction& transaction, Job& job) {
    try {
      job.outcome = transaction.savepoint([&] { return (*job.work)(transaction); });
    } catch (const DiskFull&) {
      throw;
    } catch (const InputOutputFailure&) {
      throw;
    } catch (...) {
      job.thrown = std::current_exception();
    }
  }

  void fold_log() {
    try {
      writer_.checkpoint(SQLITE_CHECKPOINT_TRUNCATE);
    } catch (const DiskFull&) {
      // Folded with the next commit, or at the end.
    } catch (const std::exception& error) {
      leave(error);
    }
  }

  void roll_back() {
    try {
      writer_.execute("ROLLBACK", {});
    } catch (const StorageFailure&) {
      // SQLite had rolled back by itself.
    }
  }

  void checkpoint_when_due() {
    // The log began again from its start: whatever it held before has moved.
    if (writer_.frames_in_log() < frames_moved_) frames_moved_ = 0;
    if (writer_.frames_in_log() - frames_moved_ < checkpoint_after_frames) return;
    const auto now = std::chrono::steady_clock::now();
    const bool restarts = writer_.frames_in_log() >= restart_after_frames && now >= restarts_again_;
    if (restarts) restarts_again_ = now + between_restarts;
    try {
      // Moves what no reader needs any more; a long read only puts the rest off.
      frames_moved_ = (restarts ? writer_.checkpoint(SQLITE_CHECKPOINT_RESTART, wait_for_readers)
                                : writer_.checkpoint(SQLITE_CHECKPOINT_PASSIVE))
                          .frames_moved;
      ++checkpoints_;
    } catch (const DiskFull&) {
      // The log stays longer until there is room; nothing is lost.
    } catch (const std::exception& error) {
      leave(error);
    }
  }

  Options options_;
  FileLock lock_;
  Connection writer_;

  int frames_moved_ = 0;
  std::chrono::steady_clock::time_point restarts_again_;
  std::atomic<std::uint64_t> checkpoints_ = 0;

  std::atomic<std::uint64_t> committed_ = ++last_number;
  ChangeTable table_{committed_};

  ReaderPool<Connection> readers_;

  std::optional<WriteQueue> queue_;  // last: its thread uses all of the above
};

SqliteDatabase::SqliteDatabase(const Options& options) : impl_(std::make_unique<Impl>(options)) {}
SqliteDatabase::~SqliteDatabase() = default;

Outcome SqliteDatabase::write_job(const std::function<Outcome(Transaction&)>& job) {
  return impl_->write(job);
}

void SqliteDatabase::read_job(const std::function<void(Reading&)>& job) {
  impl_->read(job);
}

void SqliteDatabase::copy_to(const std::filesystem::path& file) const {
  impl_->copy_to(file);
}

WriterFigures SqliteDatabase::figures() const {
  return impl_->figures();
}

}  // namespace minhu::storage_sqlite
