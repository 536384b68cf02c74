// A secret of 32 bytes in a file of its own: hex, mode 0600.
#pragma once

#include <filesystem>

#include "kernel/crypto.h"
#include "kernel/result.h"

namespace minhu::app {

// Never over a file that is there. Faults: conflict app.key_is_there; unavailable
// app.cannot_make_folder (details: folder, reason).
Outcome make_key_file(const std::filesystem::path& path, const Key& key);

// Faults: not_found app.no_key; not_allowed app.key_readable_by_others; invalid_input app.bad_key.
Result<Key> read_key_file(const std::filesystem::path& path);

}  // namespace minhu::app
