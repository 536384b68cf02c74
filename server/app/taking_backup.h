// Writes a whole installation into two sealed files: what may be kept for years, and what may not.
#pragma once

#include "app/backup_manifest.h"
#include "app/data_folder.h"
#include "app/whole_database.h"

namespace minhu::app {

struct BackupInto {
  std::filesystem::path file;
  Key public_key;
  Key installation;  // minhu.key: seals the manifest
};

// Everything that has no word in it which its key does not open: the database, and of the record
// what the database cannot give again. Never a key. The server goes on meanwhile. BackupFailure,
// StorageFailure, StorageUnreachable, storage_sqlite::InputOutputFailure; then there is no file.
BackupManifest take_data(const DataFolder& folder, const std::string& storage, Instant now,
                         const BackupInto& into);

// The keys of cases, and messages with an address on them: what must be gone after seven days.
// `key_storage`: where they are, as in storage.h.
BackupManifest take_keys(const DataFolder& folder, const std::string& key_storage,
                         std::int64_t region, Instant now, const BackupInto& into);

// minhu-330726-2026-11-26T064225Z.data
std::string name_of_backup(std::int64_t region, Instant taken_at, BackupKind kind);
// Removes what backups that were killed have left there.
void forget_unfinished(const std::filesystem::path& folder);
// Removes those of keys that may not stay (cases::may_stay); gives how many.
int forget_old_keys(const std::filesystem::path& folder, Instant now);

}  // namespace minhu::app
