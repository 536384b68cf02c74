#include "app/storage.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <map>

#include "adapters/storage_postgres/postgres_database.h"
#include "adapters/storage_sqlite/sqlite_database.h"
#include "features/cases/key_store.h"
#include "features/leases/migrations.h"
#include "kernel/toml.h"
#include "ports/migrate.h"

namespace minhu::app {

namespace {

const char* name_of(Kept what) {
  return what == Kept::data ? "storage" : "key_storage";
}

tl::unexpected<Fault> refused(FaultCode code, const char* key, const char* what,
                              std::string detail) {
  return fail(code, key, std::string(),
              std::map<std::string, std::string>{{what, std::move(detail)}});
}

bool is_a_server(std::string_view storage) {
  return storage.starts_with("postgresql://") || storage.starts_with("postgres://");
}

// An address as it may be shown: what stands before the @ may hold a password.
std::string without_password(const std::string& storage) {
  const auto at = storage.find('@');
  const auto scheme = storage.find("://");
  if (at == std::string::npos || scheme == std::string::npos) return storage.substr(0, 40);
  return storage.substr(0, scheme + 3) + "…" + storage.substr(at);
}

Result<std::string> checked(std::string storage) {
  if (storage.empty() || is_a_server(storage)) return storage;
  return refused(FaultCode::invalid_input, "app.bad_storage", "storage", without_password(storage));
}

Result<OpenStorage> open_file(const storage_sqlite::Options& options) {
  try {
    auto database = std::make_unique<storage_sqlite::SqliteDatabase>(options);
    Database& opened = *database;
    return OpenStorage{std::move(database),
                       [&opened](std::span<const Migration> steps, Instant now) {
                         minhu::migrate(opened, steps, now);
                       },
                       [](RegionId) {}};
  } catch (const StorageFailure& failure) {
    return refused(FaultCode::unavailable, "app.database_in_use", "reason", failure.what());
  }
}

Result<OpenStorage> open_server(const std::string& storage, std::size_t readers,
                                bool record_batches) {
  storage_postgres::Options options;
  options.address = storage;
  options.readers = readers;
  options.record_batches = record_batches;
  try {
    auto database = std::make_unique<storage_postgres::PostgresDatabase>(options);
    auto& opened = *database;
    return OpenStorage{std::move(database),
                       [&opened](std::span<const Migration> steps, Instant now) {
                         opened.bring_up_to_date(steps, now);
                       },
                       [&opened](RegionId region) { opened.keep_to(region); }};
  } catch (const StorageFailure& failure) {
    return refused(FaultCode::unavailable, "app.storage_unfit", "reason", failure.what());
  } catch (const StorageUnreachable& failure) {
    return refused(FaultCode::unavailable, "app.storage_unreachable", "reason", failure.what());
  }
}

// A row that was deleted lies in its page until somebody cleans up. These tables are small and what
// is deleted from them must not be found any more: at once, not when a fifth of them has changed.
void clean_up_soon(Database& keys) {
  (void)keys.write_job([](Transaction& transaction) -> Outcome {
    for (const char* statement : {"ALTER TABLE wrapping_key SET (autovacuum_vacuum_threshold = 0, "
                                  "autovacuum_vacuum_scale_factor = 0)",
                                  "ALTER TABLE kept_key SET (autovacuum_vacuum_threshold = 1000, "
                                  "autovacuum_vacuum_scale_factor = 0)"}) {
      transaction.execute(statement, {});
    }
    return {};
  });
}

}  // namespace

Result<std::string> chosen_storage(const std::filesystem::path& root, const std::string& wanted,
                                   Kept what) {
  if (!wanted.empty()) return checked(wanted);
  const auto file = DataFolder{std::filesystem::absolute(root)}.settings();
  if (!std::filesystem::exists(file)) return std::string();
  try {
    const toml::table settings = toml::parse_file(file.string());
    return checked(settings[name_of(what)].value_or(std::string()));
  } catch (const toml::parse_error& error) {
    return fail(FaultCode::invalid_input, "app.bad_settings_file", std::string(),
                std::map<std::string, std::string>{{"file", file.string()},
                                                   {"reason", std::string(error.description())}});
  }
}

Result<OpenStorage> open_storage(const DataFolder& folder, const std::string& storage,
                                 std::size_t readers, bool record_batches) {
  if (storage.empty()) {
    storage_sqlite::Options options;
    options.file = folder.database();
    options.readers = readers;
    options.record_batches = record_batches;
    return open_file(options);
  }
  if (std::filesystem::exists(folder.database())) {
    return refused(FaultCode::conflict, "app.two_storages", "folder", folder.root.string());
  }
  return open_server(storage, readers, record_batches);
}

std::vector<Migration> key_schema() {
  std::vector<Migration> steps;
  for (const std::span<const Migration> part :
       {cases::key_store_migrations(), leases::migrations()}) {
    steps.insert(steps.end(), part.begin(), part.end());
  }
  return steps;
}

Outcome check_keys_apart(const std::string& key_storage, const std::string& storage) {
  if (storage.empty()) return {};
  storage_postgres::Options options;
  options.readers = 1;
  try {
    options.address = storage;
    const auto data = storage_postgres::PostgresDatabase(options).place();
    options.address = key_storage;
    const auto keys = storage_postgres::PostgresDatabase(options).place();
    if (data.server != keys.server) return {};
    if (data.database == keys.database) return fail(FaultCode::conflict, "app.keys_in_data");
    if (keys.keeps_its_log) return fail(FaultCode::conflict, "app.keys_in_archive");
    return {};
  } catch (const StorageFailure& failure) {
    return refused(FaultCode::unavailable, "app.storage_unfit", "reason", failure.what());
  } catch (const StorageUnreachable& failure) {
    return refused(FaultCode::unavailable, "app.storage_unreachable", "reason", failure.what());
  }
}

Result<OpenStorage> open_keys(const DataFolder& folder, const std::string& key_storage,
                              const std::string& storage, std::size_t readers, Instant now) {
  if (key_storage.empty()) {
    storage_sqlite::Options options;
    options.file = folder.keys();
    options.readers = readers;
    options.writer_cache_kib = 8 * 1024;
    options.reader_cache_kib = 1024;
    options.fold_log_at_once = true;
    MINHU_TRY(OpenStorage opened, open_file(options));
    opened.migrate(key_schema(), now);
    return opened;
  }
  if (std::filesystem::exists(folder.keys())) {
    return refused(FaultCode::conflict, "app.two_key_stores", "folder", folder.root.string());
  }
  MINHU_TRY(OpenStorage opened, open_server(key_storage, readers, false));
  MINHU_CHECK_OK(check_keys_apart(key_storage, storage));
  opened.migrate(key_schema(), now);
  clean_up_soon(*opened.database);
  return opened;
}

Outcome remember_storage(const DataFolder& folder, const std::string& storage, Kept what) {
  if (storage.empty()) return {};
  const bool is_new = !std::filesystem::exists(folder.settings());
  if (!is_new) {
    MINHU_TRY(const std::string known, chosen_storage(folder.root, std::string(), what));
    if (!known.empty()) return {};
  }
  std::string quoted;
  for (const char c : storage) {
    if (c == '"' || c == '\\') quoted += '\\';
    quoted += c;
  }
  std::string text = std::string(name_of(what)) + " = \"" + quoted + "\"\n";
  if (is_new) text.insert(0, "# Where the data of this installation is.\n");
  // It may name a password.
  const int file =
      ::open(folder.settings().c_str(), O_CREAT | O_APPEND | O_WRONLY | O_CLOEXEC, 0600);
  const bool written =
      file >= 0 && ::write(file, text.data(), text.size()) == static_cast<ssize_t>(text.size()) &&
      ::fsync(file) == 0;
  const int why = errno;
  if (file >= 0) ::close(file);
  if (written) return {};
  return fail(FaultCode::unavailable, "app.cannot_make_folder", std::string(),
              std::map<std::string, std::string>{{"folder", folder.settings().string()},
                                                 {"reason", std::strerror(why)}});
}

}  // namespace minhu::app
