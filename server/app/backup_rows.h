// The rows of a database into a backup, and its end.
#pragma once

#include "adapters/backup_files/archive.h"
#include "app/backup_manifest.h"
#include "app/whole_database.h"

namespace minhu::app {

// Its steps and what is known of it first, then every table. Completes the manifest.
void put_database(backup_files::ArchiveWriter& out, const WholeDatabase& database,
                  BackupManifest& manifest);
// The manifest, sealed with the key of the installation; from here on the file is there.
void finish_backup(backup_files::ArchiveWriter& out, BackupManifest& manifest,
                   const Key& installation);

}  // namespace minhu::app
