// A file that has its name only when it is whole and durable, and never takes the place of another.
#pragma once

#include <filesystem>

#include "kernel/bytes.h"

namespace minhu::backup_files {

class WholeFile {
 public:
  // BackupFailure: conflict backup.is_there, unavailable backup.cannot_write, out_of_storage
  // backup.disk_full. What a killed process left half done under `path` is removed.
  explicit WholeFile(std::filesystem::path path);
  WholeFile(const WholeFile&) = delete;
  WholeFile& operator=(const WholeFile&) = delete;
  ~WholeFile();  // nothing is left of it unless it was kept

  void put(BytesView bytes);
  void keep();

 private:
  [[noreturn]] void failed(int reason) const;

  std::filesystem::path path_;
  std::filesystem::path unfinished_;
  int file_ = -1;
};

// Removes what processes that were killed have left in a folder: files `prefix`….unfinished that
// nobody is writing.
void remove_unfinished(const std::filesystem::path& folder, std::string_view prefix);

}  // namespace minhu::backup_files
