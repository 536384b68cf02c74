// Somebody who has every file of an installation, every copy that was ever made of it, and the key
// file; who knows how it is built, and has all the time there is.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "kernel/crypto.h"

namespace minhu::erasure {

namespace fs = std::filesystem;

// A copy of a database as a thief or a backup has it: the file with its log.
fs::path copy_of_database(const fs::path& database, const fs::path& into);

struct Loot {
  std::vector<fs::path> databases;   // copies of minhu.db
  std::vector<fs::path> key_stores;  // copies of keys.db
  std::string key_file;              // minhu.key, in hex; empty: they do not have it
};

// Everything that opens: each wrapping key of each key store with the root; each key of a case in
// any copy of either database with each of those (and with the root, as before there was a key
// store); each content and each draft of an office with each of those.
std::string all_that_opens(const Loot& loot);

// Where a canary stands in the bytes of these files and of all files in these folders: as it is, as
// UTF-16, as base64 at each of the three alignments, as hex. One line each.
std::vector<std::string> found_in_files(const std::vector<fs::path>& places,
                                        const std::vector<std::string>& canaries);
std::vector<std::string> found_in(std::string_view text, const std::vector<std::string>& canaries);

}  // namespace minhu::erasure
