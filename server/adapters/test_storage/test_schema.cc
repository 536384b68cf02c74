#include "adapters/test_storage/test_schema.h"

#include <libpq-fe.h>

#include <cstdlib>
#include <string_view>

#include "adapters/storage_postgres/postgres_database.h"
#include "kernel/crypto.h"

namespace minhu::test_storage {

std::optional<std::string> address_of_server() {
  const char* address = std::getenv("MINHU_TEST_SERVER");
  if (address == nullptr || *address == '\0') return std::nullopt;
  return address;
}

Engine chosen_engine() {
  const char* chosen = std::getenv("MINHU_TEST_STORAGE");
  const bool on_server = chosen != nullptr && std::string_view(chosen) == "postgresql";
  return on_server ? Engine::postgresql : Engine::sqlite;
}

void Schema::Close::operator()(pg_conn* connection) const noexcept {
  PQfinish(connection);
}

Schema::Schema(const std::vector<Migration>& steps)
    : connection_(PQconnectdb(address_of_server().value_or("").c_str())) {
  if (PQstatus(connection_.get()) != CONNECTION_OK) {
    throw StorageUnreachable(PQerrorMessage(connection_.get()));
  }
  std::string all;
  for (const Migration& step : steps) all += std::to_string(step.number) + std::string(step.sql);
  const std::string family = "t_" + to_hex(sha256(as_bytes(all))).substr(0, 12) + "_";
  for (int slot = 0; name_.empty(); ++slot) {
    const std::string name = family + std::to_string(slot);
    if (ask("SELECT pg_try_advisory_lock(hashtextextended('" + name + "', 1))") == "t") {
      name_ = name;
    }
  }
  ask("SELECT set_config('minhu.region', '0', false)");
  if (ask("SELECT obj_description(to_regnamespace('" + name_ + "'), 'pg_namespace')") == "ready") {
    empty();
    return;
  }
  ask("SET client_min_messages = warning");
  ask("DROP SCHEMA IF EXISTS " + name_ + " CASCADE");
  ask("CREATE SCHEMA " + name_);
  storage_postgres::Options options;
  options.address = address();
  options.readers = 1;
  options.durability = storage_postgres::Durability::unsafe_for_tests;
  storage_postgres::PostgresDatabase(options).bring_up_to_date(steps, Instant{});
  ask("COMMENT ON SCHEMA " + name_ + " IS 'ready'");
}

std::string Schema::address() const {
  const std::string address = address_of_server().value_or("");
  return address + (address.find('?') == std::string::npos ? "?" : "&") +
         "application_name=" + name_ + "&options=-csearch_path%3D" + name_;
}

std::string Schema::ask(const std::string& sql) {
  const storage_postgres::Answer answer(PQexec(connection_.get(), sql.c_str()));
  const auto status = PQresultStatus(answer.get());
  if (status != PGRES_TUPLES_OK && status != PGRES_COMMAND_OK) {
    throw StorageFailure(PQerrorMessage(connection_.get()));
  }
  return PQntuples(answer.get()) > 0 ? PQgetvalue(answer.get(), 0, 0) : "";
}

void Schema::for_each_table(const std::string& work) {
  ask("DO $$ DECLARE t text; BEGIN FOR t IN SELECT tablename FROM pg_tables WHERE schemaname = '" +
      name_ + "' LOOP " + work + " END LOOP; END $$");
}

void Schema::empty() {
  for_each_table("IF t <> 'schema_step' THEN EXECUTE format('DELETE FROM " + name_ +
                 ".%I', t); END IF;");
}

void Schema::keep_copy() {
  ask("SET client_min_messages = warning");
  ask("DROP SCHEMA IF EXISTS " + name_ + "_copy CASCADE");
  ask("CREATE SCHEMA " + name_ + "_copy");
  for_each_table("EXECUTE format('CREATE TABLE " + name_ + "_copy.%I AS TABLE " + name_ +
                 ".%I', t, t);");
}

// But for the marks: a server that went back behind what it acknowledged is not read from.
void Schema::go_back() {
  for_each_table("IF t <> 'storage_mark' THEN EXECUTE format('DELETE FROM " + name_ +
                 ".%I', t); END IF;");
  for_each_table("IF t <> 'storage_mark' THEN EXECUTE format('INSERT INTO " + name_ + ".%I TABLE " +
                 name_ + "_copy.%I', t, t); END IF;");
}

std::vector<std::string> Schema::tables() {
  const storage_postgres::Answer answer(
      PQexec(connection_.get(), ("SELECT tablename FROM pg_tables WHERE schemaname = '" + name_ +
                                 "' AND tablename <> 'storage_mark' ORDER BY tablename")
                                    .c_str()));
  std::vector<std::string> names;
  for (int row = 0; row < PQntuples(answer.get()); ++row) {
    names.emplace_back(PQgetvalue(answer.get(), row, 0));
  }
  return names;
}

}  // namespace minhu::test_storage
