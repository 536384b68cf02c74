#include "app/storage.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <map>

#include "adapters/storage_postgres/postgres_database.h"
#include "adapters/storage_sqlite/sqlite_database.h"
#include "kernel/toml.h"
#include "ports/migrate.h"

namespace minhu::app {

namespace {

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

Result<OpenStorage> open_file(const DataFolder& folder, std::size_t readers, bool record_batches) {
  storage_sqlite::Options options;
  options.file = folder.database();
  options.readers = readers;
  options.record_batches = record_batches;
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

}  // namespace

Result<std::string> chosen_storage(const std::filesystem::path& root, const std::string& wanted) {
  if (!wanted.empty()) return checked(wanted);
  const auto file = DataFolder{std::filesystem::absolute(root)}.settings();
  if (!std::filesystem::exists(file)) return std::string();
  try {
    const toml::table settings = toml::parse_file(file.string());
    return checked(settings["storage"].value_or(std::string()));
  } catch (const toml::parse_error& error) {
    return fail(FaultCode::invalid_input, "app.bad_settings_file", std::string(),
                std::map<std::string, std::string>{{"file", file.string()},
                                                   {"reason", std::string(error.description())}});
  }
}

Result<OpenStorage> open_storage(const DataFolder& folder, const std::string& storage,
                                 std::size_t readers, bool record_batches) {
  if (storage.empty()) return open_file(folder, readers, record_batches);
  if (std::filesystem::exists(folder.database())) {
    return refused(FaultCode::conflict, "app.two_storages", "folder", folder.root.string());
  }
  return open_server(storage, readers, record_batches);
}

Outcome remember_storage(const DataFolder& folder, const std::string& storage) {
  if (storage.empty() || std::filesystem::exists(folder.settings())) return {};
  std::string quoted;
  for (const char c : storage) {
    if (c == '"' || c == '\\') quoted += '\\';
    quoted += c;
  }
  const std::string text =
      "# Where the data of this installation is.\nstorage = \"" + quoted + "\"\n";
  // It may name a password.
  const int file = ::open(folder.settings().c_str(), O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0600);
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
