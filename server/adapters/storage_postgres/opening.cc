#include "adapters/storage_postgres/opening.h"

#include "adapters/storage_postgres/durability.h"

namespace minhu::storage_postgres {

namespace {

std::string setting(const char* name, std::int64_t value) {
  return "set_config('" + std::string(name) + "', '" + std::to_string(value) + "', true)";
}

std::string settings(RegionId region, std::chrono::milliseconds idle, const Limits& limits) {
  return "SELECT " + setting("minhu.region", region.value) + ", " +
         setting("statement_timeout", limits.statement.count()) + ", " +
         setting("lock_timeout", limits.lock.count()) + ", " +
         setting("idle_in_transaction_session_timeout", idle.count());
}

// Advisory locks are of a whole database; two installations may share one in schemas of their own.
constexpr const char* place_of_lock = "hashtextextended('minhu ' || current_schema(), ";

}  // namespace

std::vector<std::string> opening_of_a_read(RegionId region, const Limits& limits) {
  return {"BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
          settings(region, limits.idle_read, limits)};
}

// READ COMMITTED, so that the first statement after the lock sees what its last holder committed: a
// snapshot taken with the lock would be older than the wait for it.
std::vector<std::string> opening_of_a_write(RegionId region, const Limits& limits) {
  const std::string whole = place_of_lock + std::string("0)");
  std::string lock = "SELECT pg_advisory_xact_lock(" + whole + ")";
  if (region.value != 0) {
    lock = "SELECT pg_advisory_xact_lock_shared(" + whole + "), pg_advisory_xact_lock(" +
           place_of_lock + std::to_string(region.value) + "))";
  }
  return {"BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE",
          settings(region, limits.idle_write, limits), std::move(lock)};
}

void check_server(Connection& connection, bool durable) {
  const Answer answer = connection.ask(
      "SELECT current_setting('server_version_num')::bigint, current_setting('server_encoding'), "
      "(SELECT datcollate::text FROM pg_database WHERE datname = current_database()), "
      "current_schema()::text");
  const AnswerRow server(answer.get(), 0);
  if (server.integer(0) < 150'000) throw StorageFailure("PostgreSQL 15 or later is needed");
  if (server.text(1) != "UTF8") throw StorageFailure("the database must have the encoding UTF8");
  const std::string_view order = server.text(2);
  if (order != "C" && order != "POSIX" && !order.starts_with("C.")) {
    throw StorageFailure("the database sorts texts by \"" + std::string(order) +
                         "\"; make it with: createdb --locale=C.UTF-8 --template=template0");
  }
  if (server.is_null(3)) throw StorageFailure("no schema of the search_path is there");
  if (!durable) return;
  if (const auto lost = what_would_be_lost(promises_of(connection))) throw StorageFailure(*lost);
}

}  // namespace minhu::storage_postgres
