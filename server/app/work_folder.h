// A folder that has its name only when what is in it is complete.
#pragma once

#include <filesystem>

#include "kernel/result.h"

namespace minhu::app {

class WorkFolder {
 public:
  // Beside `final_path`, which must be absent or empty; empty: somewhere for the time being, and
  // gone at the end. What a killed process left there is removed, in either case: it holds what was
  // sealed, opened. Faults: conflict backup.folder_not_empty, backup.is_being_restored; unavailable
  // app.cannot_make_folder.
  static Result<WorkFolder> make(const std::filesystem::path& final_path);
  WorkFolder(WorkFolder&& other) noexcept;
  WorkFolder& operator=(WorkFolder&&) = delete;
  ~WorkFolder();

  const std::filesystem::path& path() const { return path_; }
  // Fault app.cannot_make_folder.
  Outcome keep();

 private:
  WorkFolder() = default;
  static Result<WorkFolder> for_a_trial();

  std::filesystem::path path_;
  std::filesystem::path final_path_;
  int descriptor_ = -1;
};

}  // namespace minhu::app
