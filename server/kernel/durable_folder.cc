#include "kernel/durable_folder.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

namespace minhu {

int sync_folder(const std::filesystem::path& folder) noexcept {
  const char* const name = folder.empty() ? "." : folder.c_str();
  const int descriptor = ::open(name, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (descriptor < 0) return errno;
  const int reason = ::fsync(descriptor) == 0 || errno == EINVAL ? 0 : errno;
  ::close(descriptor);
  return reason;
}

int make_folders(const std::filesystem::path& folder) {
  constexpr unsigned for_the_account_alone = 0700;
  if (folder.empty() || folder == folder.root_path()) return 0;
  if (!folder.has_filename()) return make_folders(folder.parent_path());  // ends in "/"
  if (::mkdir(folder.c_str(), for_the_account_alone) == 0) return sync_folder(folder.parent_path());
  std::error_code error;
  if (errno == EEXIST) return std::filesystem::is_directory(folder, error) ? 0 : ENOTDIR;
  if (errno != ENOENT) return errno;
  if (const int reason = make_folders(folder.parent_path()); reason != 0) return reason;
  if (::mkdir(folder.c_str(), for_the_account_alone) != 0 && errno != EEXIST) return errno;
  return sync_folder(folder.parent_path());
}

}  // namespace minhu
