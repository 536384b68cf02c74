#include "adapters/storage_postgres/opening.h"

#include <libpq-fe.h>

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
      "current_setting('fsync'), current_setting('full_page_writes'), "
      "current_setting('synchronous_commit'), current_schema()::text, "
      "(SELECT count(*) FROM pg_stat_replication WHERE coalesce(state, 'streaming') = "
      "'streaming'), "
      "current_setting('synchronous_standby_names')");
  const AnswerRow server(answer.get(), 0);
  if (server.integer(0) < 150'000) throw StorageFailure("PostgreSQL 15 or later is needed");
  if (server.text(1) != "UTF8") throw StorageFailure("the database must have the encoding UTF8");
  const std::string_view order = server.text(2);
  if (order != "C" && order != "POSIX" && !order.starts_with("C.")) {
    throw StorageFailure("the database sorts texts by \"" + std::string(order) +
                         "\"; make it with: createdb --locale=C.UTF-8 --template=template0");
  }
  if (server.is_null(6)) throw StorageFailure("no schema of the search_path is there");
  if (!durable) return;
  if (server.text(3) != "on" || server.text(4) != "on" || server.text(5) == "off") {
    throw StorageFailure(
        "the server would lose what it acknowledged when the power goes (fsync, full_page_writes "
        "and synchronous_commit must be on)");
  }
  // A standby that follows on its own time lacks what was acknowledged last, and one day it is the
  // server.
  const bool waits = !server.text(8).empty() && server.text(5) != "local";
  if (server.integer(7) > 0 && !waits) {
    throw StorageFailure(
        "a standby follows this server, but nobody waits for it: what was acknowledged last would "
        "be lost when it takes over (set synchronous_standby_names, and synchronous_commit on)");
  }
}

}  // namespace minhu::storage_postgres
