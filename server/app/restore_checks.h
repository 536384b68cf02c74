// What is asked of a restored installation before anybody believes it.
#pragma once

#include "app/backup_manifest.h"
#include "app/data_folder.h"

namespace minhu::app {

// Every row read back and compared with the manifest; the file itself looked through. BackupFailure
// conflict backup.read_back_differs (details: what). StorageFailure and friends.
void check_rows(const DataFolder& folder, const std::string& storage, BackupKind kind,
                const BackupManifest& manifest);

// The files of the record made again out of the database, and its head compared with the manifest.
// BackupFailure backup.read_back_differs; Faults of record::restore_files.
Outcome bring_back_record(const DataFolder& folder, const std::string& storage,
                          const BackupManifest& manifest);

// A record without witnesses has nobody who knows whether it published more after the backup: it
// signs nothing while DATA/record.restored.txt is there (record_setup.h). Gives whether it is.
Result<bool> hold_unwitnessed_record(const DataFolder& folder, const BackupManifest& manifest);

struct Opened {
  std::int64_t cases = 0;   // that have words
  std::int64_t opened = 0;  // whose words were read, or whose key at least is there
  std::int64_t closed = 0;  // erased after the backup, or their keys are missing
};
// With the keys: the key of every case that has words, and the words themselves of the first
// thousand.
Opened open_cases(Database& database, RegionId region, const cases::Keyring& keyring);

}  // namespace minhu::app
