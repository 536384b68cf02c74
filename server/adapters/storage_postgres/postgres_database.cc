#include "adapters/storage_postgres/postgres_database.h"

#include <libpq-fe.h>

#include <atomic>
#include <optional>
#include <thread>

#include "adapters/storage_postgres/opening.h"
#include "adapters/storage_postgres/transaction.h"
#include "adapters/storage_postgres/walls.h"
#include "ports/migrate.h"
#include "ports/reader_pool.h"
#include "ports/write_queue.h"

namespace minhu::storage_postgres {

namespace {

using Job = WriteQueue::Job;

constexpr int most_tries = 4;  // of jobs that may run again
constexpr auto pause_between_tries = std::chrono::milliseconds(50);

void tell_all(std::span<Job* const> batch, const Outcome& outcome) {
  for (Job* job : batch) {
    job->thrown = nullptr;
    job->outcome = outcome;
  }
}

}  // namespace

class PostgresDatabase::Impl {
 public:
  explicit Impl(const Options& options)
      : options_(options), writer_(options.address, options.limits) {
    check_server(writer_, options.durability == Durability::full);
    introduce_writer();
    for (std::size_t i = 0; i < options.readers; ++i) {
      auto reader =
          std::make_unique<Connection>(options.address, options.limits, Doors::to_a_follower_too);
      reader->believe_only([this] { return whether_all_acknowledged_is_there(); });
      readers_.add(std::move(reader));
    }
    queue_.emplace(WriteQueue::Work{options.most_jobs_in_a_commit, options.record_batches,
                                    [this](std::span<Job* const> batch) { commit(batch); }, [] {}});
  }

  Outcome write(const std::function<Outcome(Transaction&)>& work) { return queue_->write(work); }

  void read(const std::function<void(Reading&)>& work) {
    const auto connection = readers_.take();
    const End end{*connection};
    connection->begin(opening_of_a_read(RegionId{region_}, options_.limits));
    PostgresReading reading(*connection);
    try {
      work(reading);
    } catch (const InTheWay& conflict) {  // a standby had to take back rows that we looked at
      throw StorageUnreachable(conflict.what());
    }
  }

  void keep_to(RegionId region) { region_ = region.value; }
  WriterFigures figures() const { return queue_->figures(); }

  void without_limit_of_time(bool yes) {
    limits_of_writes_ = options_.limits;
    if (yes) limits_of_writes_.statement = std::chrono::hours(24);
  }

 private:
  struct End {
    Connection& connection;
    ~End() { connection.roll_back(); }  // a read has nothing to keep
  };

  // The mark of this writer: a row of its own that every commit moves.
  void introduce_writer() {
    writer_.begin(opening_of_a_write(RegionId{}, options_.limits));
    writer_.ask(
        "CREATE TABLE IF NOT EXISTS storage_mark (writer UUID PRIMARY KEY, number BIGINT NOT NULL, "
        "moved_at TIMESTAMPTZ NOT NULL)");
    writer_.ask("DELETE FROM storage_mark WHERE moved_at < now() - interval '30 days'");
    const Answer made = writer_.ask("SELECT gen_random_uuid()::text");
    name_ = AnswerRow(made.get(), 0).text(0);
    writer_.commit();
  }

  std::string moving_the_mark() const {
    return "INSERT INTO storage_mark(writer, number, moved_at) VALUES ('" + name_ + "', " +
           std::to_string(number_) +
           ", now()) ON CONFLICT (writer) DO UPDATE SET number = EXCLUDED.number, moved_at = "
           "EXCLUDED.moved_at";
  }

  // Our mark there is where it was at our last acknowledged commit, or further.
  std::string whether_all_acknowledged_is_there() const {
    return "SELECT coalesce((SELECT number FROM storage_mark WHERE writer = '" + name_ +
           "'), 0) >= " + std::to_string(acknowledged_.load());
  }

  void commit(std::span<Job* const> batch) {
    const int tries_allowed = options_.jobs_may_run_again ? most_tries : 1;
    ++number_;
    for (int tries = 1;; ++tries) {
      bool asked_to_commit = false;
      try {
        run_all(batch);
        asked_to_commit = true;
        writer_.commit();
        acknowledged_ = number_;
        return;
      } catch (const StorageUnreachable&) {
        const auto kept = asked_to_commit ? was_kept() : std::optional(false);
        if (kept == true) {
          acknowledged_ = number_;
          return;
        }
        if (!kept) return tell_all(batch, fail(FaultCode::unavailable, "storage.perhaps_kept"));
        // Nothing was answered at all: it has been looked for long enough.
        if (writer_.nothing_seen() || tries == tries_allowed) {
          writer_.roll_back();
          return tell_all(batch, fail(FaultCode::unavailable, "storage.unreachable"));
        }
      } catch (const InTheWay&) {
        writer_.roll_back();
        if (tries == tries_allowed)
          return tell_all(batch, fail(FaultCode::unavailable, "storage.busy"));
        std::this_thread::sleep_for(tries * pause_between_tries);
      } catch (const DiskFull&) {
        writer_.roll_back();
        return tell_all(batch, fail(FaultCode::out_of_storage, "storage.full"));
      } catch (...) {
        writer_.roll_back();
        for (Job* job : batch) job->thrown = std::current_exception();
        return;
      }
    }
  }

  void run_all(std::span<Job* const> batch) {
    writer_.begin(opening_of_a_write(RegionId{region_}, limits_of_writes_));
    PostgresTransaction transaction(writer_);
    for (Job* job : batch) {
      if (options_.twice_for_tests) rehearse(transaction, *job);
      run(transaction, *job);
    }
    writer_.defer(moving_the_mark());
  }

  // Runs one job alone: whatever it throws is its caller's, except what ends the transaction. A job
  // may ask another database (that of the keys): that it is away ends nothing here.
  void run(PostgresTransaction& transaction, Job& job) const {
    job.thrown = nullptr;
    try {
      job.outcome = transaction.savepoint([&] { return (*job.work)(transaction); });
    } catch (const DiskFull&) {
      throw;
    } catch (const InTheWay&) {
      throw;
    } catch (const StorageUnreachable&) {
      if (writer_.is_lost()) throw;
      job.thrown = std::current_exception();
    } catch (...) {
      job.thrown = std::current_exception();
    }
  }

  void rehearse(PostgresTransaction& transaction, Job& job) const {
    try {
      (void)transaction.savepoint([&]() -> Outcome {
        MINHU_CHECK_OK((*job.work)(transaction));
        return fail(FaultCode::conflict, "storage.already_there");
      });
    } catch (const StorageFailure&) {
    } catch (const StorageUnreachable&) {
      if (writer_.is_lost()) throw;
    }
  }

  // Whether the commit whose answer was lost was carried out; nothing when nobody says. The lock
  // is had only when the lost transaction has ended, one way or the other. What is there may be on
  // one server only, when its wait for a standby was broken off; so another commit is made after
  // it: when a standby has confirmed that one, it has both.
  std::optional<bool> was_kept() {
    try {
      writer_.begin(opening_of_a_write(RegionId{region_}, options_.limits));
      const Answer mark =
          writer_.ask("SELECT number FROM storage_mark WHERE writer = '" + name_ + "'");
      const bool kept = PQntuples(mark.get()) == 1 &&
                        AnswerRow(mark.get(), 0).integer(0) == static_cast<std::int64_t>(number_);
      if (kept) {
        writer_.defer(moving_the_mark());
        writer_.commit();
      } else {
        writer_.roll_back();
      }
      return kept;
    } catch (const std::exception&) {
      writer_.roll_back();
      return std::nullopt;
    }
  }

  Options options_;
  Limits limits_of_writes_ = options_.limits;
  std::atomic<std::int64_t> region_ = 0;
  Connection writer_;
  std::string name_;
  std::uint64_t number_ = 0;
  std::atomic<std::uint64_t> acknowledged_ = 0;  // the last number whose commit was answered for

  ReaderPool<Connection> readers_;

  std::optional<WriteQueue> queue_;  // last: its thread uses all of the above
};

PostgresDatabase::PostgresDatabase(const Options& options)
    : impl_(std::make_unique<Impl>(options)) {}
PostgresDatabase::~PostgresDatabase() = default;

Outcome PostgresDatabase::write_job(const std::function<Outcome(Transaction&)>& job) {
  return impl_->write(job);
}

void PostgresDatabase::read_job(const std::function<void(Reading&)>& job) {
  impl_->read(job);
}

PostgresDatabase::Place PostgresDatabase::place() {
  return read([](Reading& reading) {
    return reading
        .first(
            "SELECT system_identifier::text, current_database()::text, "
            "current_setting('archive_mode') FROM pg_control_system()",
            {},
            [](const Row& row) {
              return Place{std::string(row.text(0)), std::string(row.text(1)),
                           row.text(2) != "off"};
            })
        .value();
  });
}

void PostgresDatabase::keep_to(RegionId region) {
  impl_->keep_to(region);
}

WriterFigures PostgresDatabase::figures() const {
  return impl_->figures();
}

void PostgresDatabase::bring_up_to_date(std::span<const Migration> steps, Instant now) {
  impl_->without_limit_of_time(true);  // an index over millions of rows takes longer than a request
  minhu::migrate(*this, steps, now);
  const Outcome walled = write_job([](Transaction& transaction) -> Outcome {
    raise_walls(transaction);
    return {};
  });
  impl_->without_limit_of_time(false);
  if (!walled) throw StorageFailure("the walls between regions could not be raised");
}

}  // namespace minhu::storage_postgres
