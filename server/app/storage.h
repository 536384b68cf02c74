// Which database an installation keeps its data in: a file of its folder, or a PostgreSQL server.
// The one place that knows both.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "app/data_folder.h"
#include "ports/storage.h"

namespace minhu::app {

// Empty: the file. What the call or MINHU_STORAGE says (`wanted`) counts more than
// `storage = "postgresql://…"` in DIR/minhu.toml. Faults: invalid_input app.bad_storage (details:
// storage, without a password), app.bad_settings_file (details: file, reason).
Result<std::string> chosen_storage(const std::filesystem::path& root, const std::string& wanted);

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

// So that the next command in this folder finds the same. Does nothing when the folder says where
// already, or when it is the file. Fault unavailable app.cannot_make_folder.
Outcome remember_storage(const DataFolder& folder, const std::string& storage);

}  // namespace minhu::app
