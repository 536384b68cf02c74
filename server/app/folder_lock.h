// Keeps a second process out of a folder of data for as long as this one lives, however it ends.
#pragma once

#include <filesystem>

#include "kernel/result.h"

namespace minhu::app {

class FolderLock {
 public:
  // Fault unavailable app.database_in_use (details: reason).
  static Result<FolderLock> take(const std::filesystem::path& file);
  FolderLock() = default;
  FolderLock(FolderLock&& other) noexcept;
  FolderLock& operator=(FolderLock&& other) noexcept;
  ~FolderLock();

 private:
  int descriptor_ = -1;
};

}  // namespace minhu::app
