// What we ask of a database, so that SQLite and PostgreSQL are the same to every feature.
//
// SQL here is the common subset of both (docs/adr/0003): positional parameters written ?1 ?2 …,
// UPSERT on a full key, RETURNING, row values, window functions; no triggers, no rowid, no
// database-made ids, no now(). region_id stands first in every key and in every WHERE.
//
// Failure contract, the same for every adapter:
//  * A Fault given back by a job rolls back that job alone; an exception thrown by a job does too,
//  and reaches its caller.
//  * write() returns only after the commit is durable (SQLite: WAL + synchronous=FULL; PostgreSQL:
//    synchronous_commit). What it returned survives power loss.
//  * When a commit to a file meets an I/O error the process exits with code 70 before anybody is
//    answered: after a failed fsync the page cache cannot be trusted, so nothing is retried in
//    place. A full disk is not an I/O error: it is Fault out_of_storage, nothing is kept, reads go
//    on.
//  * A job is a function of its transaction: a database behind a network may run it again when what
//    it did is known to have been undone. It keeps what it needs and leaves nothing behind but its
//    last result.
//  * A server that does not answer: a write is Fault unavailable storage.unreachable (nothing was
//    kept) or storage.perhaps_kept (nobody could find out); a read throws StorageUnreachable.
//  * StorageFailure (an exception) means broken SQL or a broken database, not a broken request.
#pragma once

#include <cstdint>
#include <functional>
#include <initializer_list>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "kernel/assert.h"
#include "kernel/bytes.h"
#include "kernel/ids.h"
#include "kernel/result.h"

namespace minhu {

class StorageFailure : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

// The database does not answer; whatever was not committed is undone.
class StorageUnreachable : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

// One parameter. It does not own its text or bytes: they must outlive the call, which temporaries
// in the call do.
using Parameter = std::variant<std::monostate, std::int64_t, std::string_view, BytesView>;

class Parameters {
 public:
  Parameters() = default;
  Parameters(std::initializer_list<Parameter> values) : values_(values) {}
  void add(Parameter value) { values_.push_back(value); }
  std::span<const Parameter> span() const noexcept { return values_; }

 private:
  std::vector<Parameter> values_;
};

template <class Tag>
Parameter param(const Id<Tag>& id) {
  return id.empty() ? Parameter{} : Parameter{id.bytes()};
}
inline Parameter param(RegionId region) {
  return region.value;
}
inline Parameter param(Instant instant) {
  return instant.unix_ms;
}
inline Parameter param(std::int64_t value) {
  return value;
}
inline Parameter param(std::string_view text) {
  return text;
}
template <class T>
Parameter param(const std::optional<T>& value) {
  return value ? param(*value) : Parameter{};
}

// One row of a result, valid only inside the callback that receives it. Columns count from 0.
class Row {
 public:
  virtual ~Row() = default;
  virtual bool is_null(int column) const = 0;
  virtual std::int64_t integer(int column) const = 0;   // NULL gives 0
  virtual std::string_view text(int column) const = 0;  // NULL gives ""
  virtual BytesView bytes(int column) const = 0;        // NULL gives an empty span

  template <class SomeId>
  SomeId id(int column) const {
    return SomeId::from_bytes(bytes(column));
  }
  Instant instant(int column) const { return {integer(column)}; }
  std::optional<std::int64_t> maybe_integer(int column) const {
    return is_null(column) ? std::nullopt : std::optional(integer(column));
  }
  std::optional<Instant> maybe_instant(int column) const {
    return is_null(column) ? std::nullopt : std::optional(Instant{integer(column)});
  }
};

// A consistent view of the data. Not thread-safe; lives only inside the job that received it.
class Reading {
 public:
  virtual ~Reading() = default;
  // `sql` must be a string literal or otherwise outlive the database: prepared statements are
  // cached by it.
  virtual void query(std::string_view sql, const Parameters& parameters,
                     const std::function<void(const Row&)>& each) = 0;

  template <class F>
  auto first(std::string_view sql, const Parameters& parameters, F&& read)
      -> std::optional<std::decay_t<decltype(read(std::declval<const Row&>()))>> {
    std::optional<std::decay_t<decltype(read(std::declval<const Row&>()))>> found;
    query(sql, parameters, [&](const Row& row) {
      if (!found) found.emplace(read(row));
    });
    return found;
  }
  template <class F>
  auto all(std::string_view sql, const Parameters& parameters, F&& read) {
    std::vector<std::decay_t<decltype(read(std::declval<const Row&>()))>> rows;
    query(sql, parameters, [&](const Row& row) { rows.push_back(read(row)); });
    return rows;
  }
};

// A view that may also change things. Everything a job did becomes visible and durable together, or
// not at all.
class Transaction : public Reading {
 public:
  // Number of rows changed. A violated UNIQUE or PRIMARY KEY is Fault conflict
  // "storage.already_there" — the statement alone is undone, the job decides; every other SQL error
  // is StorageFailure.
  virtual Result<std::int64_t> try_execute(std::string_view sql, const Parameters& parameters) = 0;

  // The same where a duplicate would be a bug: the job that meets one cannot go on.
  virtual std::int64_t execute(std::string_view sql, const Parameters& parameters) {
    const auto changed = try_execute(sql, parameters);
    if (!changed) throw StorageFailure("unexpected duplicate: " + std::string(sql));
    return *changed;
  }

  // A part that can fail alone: a Fault or an exception from `part` undoes what it did and nothing
  // else.
  virtual Outcome savepoint(const std::function<Outcome()>& part) = 0;
};

struct WriterFigures {
  std::uint64_t commits = 0;
  std::uint64_t jobs = 0;
  std::uint64_t checkpoints = 0;       // of a file; 0 where the server does them
  std::vector<std::uint32_t> batches;  // only where the adapter was asked to record them
};

class Database {
 public:
  virtual ~Database() = default;

  // Since it was opened.
  virtual WriterFigures figures() const { return {}; }

  // Blocks until the job's changes are durable. Many callers are grouped into one commit; a job
  // runs on the writer's thread, so it does its slow work (parsing, hashing, sealing, images)
  // before it comes here. Never nest.
  virtual Outcome write_job(const std::function<Outcome(Transaction&)>& job) = 0;
  // A snapshot on a read-only connection.
  virtual void read_job(const std::function<void(Reading&)>& job) = 0;

  template <class F>
  auto write(F&& job) -> std::invoke_result_t<F, Transaction&> {
    using R = std::invoke_result_t<F, Transaction&>;
    if constexpr (std::is_same_v<R, Outcome>) {
      return write_job(std::forward<F>(job));
    } else {
      std::optional<R> kept;
      const Outcome outcome = write_job([&](Transaction& transaction) -> Outcome {
        kept.emplace(job(transaction));
        if (!*kept) return tl::unexpected<Fault>(kept->error());
        return {};
      });
      if (!outcome) return tl::unexpected<Fault>(outcome.error());
      return std::move(*kept);
    }
  }
  template <class F>
  auto read(F&& job) -> std::invoke_result_t<F, Reading&> {
    std::optional<std::invoke_result_t<F, Reading&>> kept;
    read_job([&](Reading& reading) { kept.emplace(job(reading)); });
    MINHU_ASSERT(kept.has_value());
    return std::move(*kept);
  }
};

// One step of the schema. Steps of all features form one ordered list (app/migrations.cc); each
// runs once, in its own transaction, and its text is kept as a checksum: a step that was changed
// after it ran stops the start.
struct Migration {
  std::int64_t number;  // unique over all features, never reused: 01xx places, 02xx accounts, 03xx
                        // cases, …
  std::string_view name;  // "0301_events_and_content"
  std::string_view sql;   // statements of the common subset, separated by semicolons
};

}  // namespace minhu
