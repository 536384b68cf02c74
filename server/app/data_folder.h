// The folder that one installation lives in (--data DIR): its database, the key that opens it, and
// places for what comes and goes.
#pragma once

#include <filesystem>

#include "features/cases/keyring.h"
#include "kernel/result.h"
#include "ports/entropy.h"

namespace minhu::app {

enum class WhenMissing { create, refuse };

struct DataFolder {
  std::filesystem::path root;
  std::filesystem::path database() const { return root / "minhu.db"; }
  // What whoever runs the installation may choose (storage.h); need not be there.
  std::filesystem::path settings() const { return root / "minhu.toml"; }
  // 32 random bytes in hex, mode 0600. A backup of the database is worth nothing without it, and
  // whoever has both can read everything: keep them apart.
  std::filesystem::path key() const { return root / "minhu.key"; }
  // The keys of cases (cases/key_store.h), a database of its own: copied hourly at most for seven
  // days, while copies of the large one may be kept for years. Not there where a server keeps them.
  std::filesystem::path keys() const { return root / "keys.db"; }
  // Keeps a second process out of the folder (folder_lock.h) where no file of a database does.
  std::filesystem::path lock() const { return root / "minhu.lock"; }
  std::filesystem::path key_copies() const { return root / "keys.copies"; }
  std::filesystem::path spool() const { return root / "spool"; }    // uploads under way
  std::filesystem::path outbox() const { return root / "outbox"; }  // messages for people to carry
};

// `elsewhere`: the data is on a server, so that a folder without any is complete. Faults: not_found
// app.no_data_folder; unavailable app.cannot_make_folder (details: folder,
// reason).
Result<DataFolder> open_data_folder(const std::filesystem::path& root, WhenMissing when_missing,
                                    bool elsewhere = false);

// `has_data`: the database holds a county already, and so a key that is missing is lost and never
// made anew. Faults: not_found app.no_key; not_allowed app.key_readable_by_others; invalid_input
// app.bad_key.
Result<cases::Keyring> open_keyring(const DataFolder& folder, WhenMissing when_missing,
                                    bool has_data, Entropy& entropy);

}  // namespace minhu::app
