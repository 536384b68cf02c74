#include "adapters/backup_files/whole_file.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>

#include "adapters/backup_files/backup_failure.h"
#include "kernel/durable_folder.h"

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

// Between opening a file and locking it whoever held it may have given it its own name, or removed
// it: what is locked is then no longer what lies there. A second name is one that a process killed
// in name_it() left: what it leads to is whole, and somebody's backup.
enum class Locked { ours, gone, of_another };
Locked what_is_locked(int file, const fs::path& path) {
  struct stat open{};
  struct stat there{};
  if (::fstat(file, &open) != 0 || ::stat(path.c_str(), &there) != 0) return Locked::gone;
  if (open.st_dev != there.st_dev || open.st_ino != there.st_ino) return Locked::gone;
  return open.st_nlink > 1 ? Locked::of_another : Locked::ours;
}

}  // namespace

WholeFile::WholeFile(fs::path path)
    : path_(fs::absolute(path)), unfinished_(path_.string() + std::string(unfinished_suffix)) {
  constexpr unsigned for_the_account_alone = 0600;
  constexpr int most_tries =
      100;  // each time somebody else was faster; a share may make up numbers
  for (int tries = 0; tries < most_tries; ++tries) {
    if (fs::exists(path_)) failed(EEXIST);
    file_ = ::open(unfinished_.c_str(), O_CREAT | O_WRONLY | O_CLOEXEC, for_the_account_alone);
    if (file_ < 0) failed(errno);
    // Whoever is writing the same at this moment keeps it; what a killed process left is begun
    // again.
    if (::flock(file_, LOCK_EX | LOCK_NB) != 0) {
      ::close(file_);
      throw BackupFailure(
          about(FaultCode::conflict, "backup.is_being_written", path_, EWOULDBLOCK));
    }
    const Locked locked = what_is_locked(file_, unfinished_);
    if (locked == Locked::ours && ::ftruncate(file_, 0) == 0) return;
    const int reason = errno;
    if (locked == Locked::of_another) ::unlink(unfinished_.c_str());
    ::close(file_);
    file_ = -1;
    if (locked == Locked::ours) failed(reason);
  }
  failed(EAGAIN);
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
    if (::flock(file, LOCK_EX | LOCK_NB) == 0 &&
        what_is_locked(file, entry.path()) != Locked::gone) {
      ::unlink(entry.path().c_str());
    }
    ::close(file);
  }
}

}  // namespace minhu::backup_files
