#include "adapters/storage_postgres/durability.h"

#include "adapters/storage_postgres/values.h"

namespace minhu::storage_postgres {

Promises promises_of(Connection& connection) {
  // Without the right to look, `state` is NULL: then it counts as a standby.
  const Answer answer = connection.ask(
      "SELECT current_setting('fsync'), current_setting('full_page_writes'), "
      "current_setting('data_sync_retry'), current_setting('synchronous_commit'), "
      "current_setting('synchronous_standby_names'), "
      "(SELECT count(*) FROM pg_stat_replication WHERE coalesce(state, 'streaming') = 'streaming') "
      "+ (SELECT count(*) FROM pg_replication_slots WHERE slot_type = 'physical' AND NOT active), "
      "(SELECT count(*) FROM pg_class WHERE relnamespace = current_schema()::regnamespace AND "
      "relkind = 'r' AND relpersistence = 'u')");
  const AnswerRow server(answer.get(), 0);
  const auto text = [&](int column) { return std::string(server.text(column)); };
  return {text(0), text(1), text(2), text(3), text(4), server.integer(5), server.integer(6)};
}

std::optional<std::string> what_would_be_lost(const Promises& promises) {
  if (promises.fsync != "on") {
    return "it would lose what it acknowledged when the power goes: set fsync = on";
  }
  if (promises.full_page_writes != "on") {
    return "it could not mend a page that was half written when the power went: set "
           "full_page_writes = on";
  }
  if (promises.data_sync_retry != "off") {
    return "it would go on after its disk failed to keep something: set data_sync_retry = off";
  }
  if (promises.synchronous_commit == "off") {
    return "it acknowledges before anything is on its disk: set synchronous_commit = on";
  }
  if (promises.unlogged_tables > 0) {
    return std::to_string(promises.unlogged_tables) +
           " tables would be empty after a crash: ALTER TABLE … SET LOGGED";
  }
  if (promises.followers == 0) return std::nullopt;
  // A standby that follows on its own time lacks what was acknowledged last, and one day it is the
  // server.
  if (promises.synchronous_standby_names.empty()) {
    return "a standby follows it, or a slot is kept for one, but nobody waits for a standby: what "
           "was acknowledged last would be lost when one takes over. Set "
           "synchronous_standby_names, or drop the slot";
  }
  if (promises.synchronous_commit != "on" && promises.synchronous_commit != "remote_apply") {
    return "it does not wait until a standby has what it acknowledges on its disk: set "
           "synchronous_commit = on";
  }
  return std::nullopt;
}

}  // namespace minhu::storage_postgres
