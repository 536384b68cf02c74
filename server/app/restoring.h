// Reads a backup into a folder, believing nothing of it before it was checked.
#pragma once

#include <span>

#include "adapters/backup_files/sealed_stream.h"
#include "app/backup_manifest.h"
#include "ports/storage.h"

namespace minhu::app {

// Where the rows go: a new file, or a server without tables.
struct RestoreInto {
  std::filesystem::path folder;  // empty but for what other backups have put there
  std::filesystem::path file;    // of the database, in the folder
  std::string server;            // in place of the file
  std::span<const Migration> steps;
};

struct Restored {
  BackupManifest manifest;
  std::string manifest_text;
  Digest seal{};
};

// BackupFailure: those of SealedReader; backup.not_understood, backup.other_kind, backup.newer,
// backup.other_steps, backup.does_not_fit (details: what), app.server_has_data. StorageFailure and
// friends. What lies in the folder then is worth nothing.
Restored restore_from(const std::filesystem::path& backup, const backup_files::KeyPair& keys,
                      BackupKind kind, const RestoreInto& into, Instant now);

}  // namespace minhu::app
