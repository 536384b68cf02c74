#include "ports/migrate.h"

#include <algorithm>
#include <map>
#include <memory>
#include <mutex>

#include "kernel/crypto.h"

namespace minhu {

namespace {

// Statements of a step, cut at semicolons. Our steps have no semicolon inside a text; the schema
// test looks.
std::vector<std::string> statements_of(std::string_view sql) {
  std::vector<std::string> statements;
  while (!sql.empty()) {
    const auto end = std::min(sql.find(';'), sql.size());
    std::string statement(sql.substr(0, end));
    if (statement.find_first_not_of(" \t\r\n") != std::string::npos) {
      statements.push_back(std::move(statement));
    }
    sql.remove_prefix(std::min(end + 1, sql.size()));
  }
  return statements;
}

// Prepared statements are cached by address, so the text of a step must outlive the database: it is
// kept here.
const std::string& kept(std::string statement) {
  static std::mutex mutex;
  static std::map<std::string, std::unique_ptr<std::string>> all;
  const std::lock_guard lock(mutex);
  auto& place = all[statement];
  if (!place) place = std::make_unique<std::string>(std::move(statement));
  return *place;
}

void run_step(Database& database, const Migration& step, const std::string& checksum, Instant now) {
  const auto done = database.write_job([&](Transaction& transaction) -> Outcome {
    const bool done_by_another = transaction
                                     .first("SELECT 1 FROM schema_step WHERE number = ?1",
                                            {step.number}, [](const Row&) { return true; })
                                     .has_value();
    if (done_by_another) return {};
    for (auto& statement : statements_of(step.sql)) {
      transaction.execute(kept(std::move(statement)), {});
    }
    transaction.execute(
        "INSERT INTO schema_step(number, name, checksum, applied_at) VALUES (?1, ?2, ?3, ?4)",
        {step.number, step.name, std::string_view(checksum), param(now)});
    return {};
  });
  if (!done)
    throw StorageFailure("the schema could not be brought up to date: " + done.error().key);
}

}  // namespace

void migrate(Database& database, std::span<const Migration> steps, Instant now) {
  std::vector<Migration> ordered(steps.begin(), steps.end());
  std::sort(ordered.begin(), ordered.end(),
            [](const Migration& a, const Migration& b) { return a.number < b.number; });
  const auto create = database.write_job([](Transaction& transaction) -> Outcome {
    transaction.execute(
        "CREATE TABLE IF NOT EXISTS schema_step (number BIGINT NOT NULL, name TEXT NOT NULL, "
        "checksum TEXT NOT NULL, applied_at BIGINT NOT NULL, PRIMARY KEY (number))",
        {});
    return {};
  });
  if (!create) {
    throw StorageFailure("the schema could not be brought up to date: " + create.error().key);
  }

  const auto applied = database.read([](Reading& reading) {
    std::map<std::int64_t, std::string> found;
    reading.query("SELECT number, checksum FROM schema_step", {},
                  [&](const Row& row) { found.emplace(row.integer(0), row.text(1)); });
    return found;
  });
  for (const auto& [number, checksum] : applied) {
    const bool known = std::any_of(ordered.begin(), ordered.end(),
                                   [&](const Migration& step) { return step.number == number; });
    if (!known) {
      throw StorageFailure("this data was written by a newer minhu (schema step " +
                           std::to_string(number) + "); start that one");
    }
  }
  for (const Migration& step : ordered) {
    const std::string checksum = to_hex(sha256(as_bytes(step.sql)));
    if (const auto found = applied.find(step.number); found != applied.end()) {
      if (found->second != checksum) {
        throw StorageFailure("schema step " + std::string(step.name) +
                             " has been changed after it ran; add a new step instead");
      }
      continue;
    }
    run_step(database, step, checksum, now);
  }
}

}  // namespace minhu
