// A folder that has its name only when what is in it is complete.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "kernel/result.h"

namespace minhu::app {

class WorkFolder {
 public:
  // Beside `final_path`, which must be absent or empty; or inside it, where it is there and nothing
  // can take its place: another file system is mounted on it, or the folder above is somebody
  // else's (a package made it). Empty: somewhere for the time being, and
  // gone at the end. What a killed process left there is removed, in either case: it holds what was
  // sealed, opened. Faults: conflict backup.folder_not_empty, backup.is_being_restored; unavailable
  // app.cannot_make_folder.
  static Result<WorkFolder> make(const std::filesystem::path& final_path);
  WorkFolder(WorkFolder&& other) noexcept;
  WorkFolder& operator=(WorkFolder&&) = delete;
  ~WorkFolder();

  const std::filesystem::path& path() const { return path_; }
  // The folder gets its name; where it was worked inside it, what is in it comes out one by one,
  // `last` (names) behind all others. Fault app.cannot_make_folder: then nothing of it is there.
  Outcome keep(const std::vector<std::string>& last = {});

 private:
  WorkFolder() = default;
  static Result<WorkFolder> for_a_trial();
  Outcome bring_out(const std::vector<std::string>& last);

  std::filesystem::path path_;
  std::filesystem::path final_path_;
  bool is_inside_ = false;
  int descriptor_ = -1;
};

}  // namespace minhu::app
