#include "adapters/backup_files/whole_file.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>

#include "adapters/backup_files/backup_failure.h"

namespace minhu::backup_files {

namespace {

namespace fs = std::filesystem;

Fault about(FaultCode code, const char* key, const fs::path& path, int reason) {
  return Fault(code, key, std::string(),
               {{"file", path.string()}, {"reason", std::strerror(reason)}});
}

// Not every place where backups are kept can do both: a share of another machine has hard links and
// no renaming without replacing, a stick the other way round.
int name_it(const fs::path& from, const fs::path& to) {
  if (::renameat2(AT_FDCWD, from.c_str(), AT_FDCWD, to.c_str(), RENAME_NOREPLACE) == 0) return 0;
  if (errno != EINVAL && errno != ENOSYS) return errno;
  if (::link(from.c_str(), to.c_str()) != 0) return errno;
  ::unlink(from.c_str());
  return 0;
}

constexpr std::string_view unfinished_suffix = ".unfinished";

int sync_folder(const fs::path& folder) {
  const int descriptor = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (descriptor < 0) return errno;
  const int reason = ::fsync(descriptor) == 0 || errno == EINVAL ? 0 : errno;
  ::close(descriptor);
  return reason;
}

}  // namespace

WholeFile::WholeFile(fs::path path)
    : path_(fs::absolute(path)), unfinished_(path_.string() + std::string(unfinished_suffix)) {
  if (fs::exists(path_)) {
    throw BackupFailure(about(FaultCode::conflict, "backup.is_there", path_, EEXIST));
  }
  constexpr unsigned for_the_account_alone = 0600;
  file_ = ::open(unfinished_.c_str(), O_CREAT | O_WRONLY | O_CLOEXEC, for_the_account_alone);
  if (file_ < 0) failed(errno);
  // Whoever is writing the same at this moment keeps it; what a killed process left is begun again.
  if (::flock(file_, LOCK_EX | LOCK_NB) != 0) {
    ::close(file_);
    throw BackupFailure(about(FaultCode::conflict, "backup.is_being_written", path_, EWOULDBLOCK));
  }
  if (::ftruncate(file_, 0) != 0) failed(errno);
}

WholeFile::~WholeFile() {
  if (file_ < 0) return;
  ::unlink(unfinished_.c_str());
  ::close(file_);
}

void WholeFile::put(BytesView bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(file_, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) failed(errno);
    bytes = bytes.subspan(static_cast<std::size_t>(written));
  }
}

void WholeFile::keep() {
  if (::fsync(file_) != 0) failed(errno);
  if (const int reason = name_it(unfinished_, path_); reason != 0) failed(reason);
  ::close(file_);
  file_ = -1;
  if (const int reason = sync_folder(path_.parent_path()); reason != 0) failed(reason);
}

void WholeFile::failed(int reason) const {
  if (reason == EEXIST)
    throw BackupFailure(about(FaultCode::conflict, "backup.is_there", path_, reason));
  const bool is_full = reason == ENOSPC || reason == EDQUOT;
  throw BackupFailure(about(is_full ? FaultCode::out_of_storage : FaultCode::unavailable,
                            is_full ? "backup.disk_full" : "backup.cannot_write", path_, reason));
}

void remove_unfinished(const fs::path& folder, std::string_view prefix) {
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(folder, error)) {
    const std::string name = entry.path().filename().string();
    if (!name.starts_with(prefix) || !name.ends_with(unfinished_suffix)) continue;
    const int file = ::open(entry.path().c_str(), O_WRONLY | O_CLOEXEC | O_NOFOLLOW);
    if (file < 0) continue;
    if (::flock(file, LOCK_EX | LOCK_NB) == 0) ::unlink(entry.path().c_str());
    ::close(file);
  }
}

}  // namespace minhu::backup_files
