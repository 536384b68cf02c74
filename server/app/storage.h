// Which database an installation keeps its data in: a file of its folder, or a PostgreSQL server.
// The one place that knows both.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "app/data_folder.h"
#include "ports/storage.h"

namespace minhu::app {

// What is kept on a server, by its name in DIR/minhu.toml: the data ("storage"), the keys of cases
// ("key_storage").
enum class Kept : std::uint8_t { data, keys };

// Empty: a file of the folder. What the call or the environment says (`wanted`) counts more than
// `storage = "postgresql://…"` or `key_storage = …` in DIR/minhu.toml. Faults: invalid_input
// app.bad_storage (details: storage, without a password), app.bad_settings_file (details: file,
// reason).
Result<std::string> chosen_storage(const std::filesystem::path& root, const std::string& wanted,
                                   Kept what = Kept::data);

struct OpenStorage {
  std::unique_ptr<Database> database;
  // Brings the schema up to date. Throws StorageFailure.
  std::function<void(std::span<const Migration>, Instant)> migrate;
  // From now on only this region is read and written, where the engine can hold us to it.
  std::function<void(RegionId)> keep_to;
};

// Faults: unavailable app.database_in_use, app.storage_unreachable, app.storage_unfit (details:
// reason); conflict app.two_storages.
Result<OpenStorage> open_storage(const DataFolder& folder, const std::string& storage,
                                 std::size_t readers, bool record_batches);

// The keys of cases, with their tables up to date: DIR/keys.db, or a database of a server for them
// alone, which several servers of Minhu share. `storage`: where the data is. Faults as above;
// conflict app.two_key_stores (a file is there as well), app.keys_in_data (it is the database of
// the data), app.keys_in_archive (on a server whose archived log would hold both): whoever copies
// the one must not copy the other with it.
Result<OpenStorage> open_keys(const DataFolder& folder, const std::string& key_storage,
                              const std::string& storage, std::size_t readers, Instant now);
std::vector<Migration> key_schema();
// The last two faults of these, and those of a server: for whoever moves keys there.
Outcome check_keys_apart(const std::string& key_storage, const std::string& storage);

// So that the next command in this folder finds the same. Does nothing when the folder says where
// already, or when it is the file. Fault unavailable app.cannot_make_folder.
Outcome remember_storage(const DataFolder& folder, const std::string& storage,
                         Kept what = Kept::data);

}  // namespace minhu::app
