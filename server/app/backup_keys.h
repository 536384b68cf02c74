// The key that opens backups: a file for the safe, and its public part for the machine that makes
// them.
#pragma once

#include <filesystem>

#include "adapters/backup_files/sealed_stream.h"
#include "kernel/result.h"

namespace minhu::app {

// FILE (0600) and FILE.pub. Where FILE alone is there FILE.pub is made from it: it was lost, or the
// machine stopped between the two. Where FILE.pub alone is there its secret part is in the safe,
// and a new pair would seal backups that it does not open: Fault conflict
// backup.public_key_is_there. Those of make_key_file, and of WholeFile.
Outcome make_backup_keys(const std::filesystem::path& file);

// Faults not_found app.cannot_read_file; invalid_input backup.not_a_public_key: the file of the
// secret key looks like one and would seal a backup that nobody can open.
Result<Key> read_public_key(const std::filesystem::path& file);
// Faults of read_key_file.
Result<backup_files::KeyPair> read_secret_key(const std::filesystem::path& file);

}  // namespace minhu::app
