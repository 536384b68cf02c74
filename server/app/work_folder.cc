#include "app/work_folder.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <map>
#include <utility>

#include "kernel/durable_folder.h"

namespace minhu::app {

namespace {

namespace fs = std::filesystem;

tl::unexpected<Fault> about(FaultCode code, const char* key, const fs::path& path, int reason = 0) {
  return fail(code, key, std::string(),
              std::map<std::string, std::string>{{"folder", path.string()},
                                                 {"reason", std::strerror(reason)}});
}

constexpr const char* trial_prefix = "minhu-restore-";

constexpr const char* inner_name = ".unfinished";

// What a new file system has in it, and what a killed process left, is nothing of anybody's.
bool is_as_good_as_empty(const fs::path& folder) {
  std::error_code error;
  const fs::directory_iterator entries(folder, error);
  return !error && std::all_of(begin(entries), end(entries), [](const fs::directory_entry& entry) {
    const std::string name = entry.path().filename().string();
    return name == inner_name || name == "lost+found";
  });
}

// Whether a folder that is there may be replaced by another of its name.
bool may_be_replaced(const fs::path& folder) {
  struct statx status{};
  const bool is_known = ::statx(AT_FDCWD, folder.c_str(), 0, STATX_BASIC_STATS, &status) == 0;
  const bool is_mounted = is_known && (status.stx_attributes & STATX_ATTR_MOUNT_ROOT) != 0;
  return !is_mounted &&
         ::faccessat(AT_FDCWD, folder.parent_path().c_str(), W_OK | X_OK, AT_EACCESS) == 0;
}

// Trials that were killed, of this account. What somebody is working in is held by a lock.
void remove_left_trials(const fs::path& folder) {
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(folder, error)) {
    if (!entry.path().filename().string().starts_with(trial_prefix)) continue;
    const int left = ::open(entry.path().c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (left < 0) continue;
    struct stat status{};
    const bool is_ours = ::fstat(left, &status) == 0 && status.st_uid == ::geteuid();
    if (is_ours && ::flock(left, LOCK_EX | LOCK_NB) == 0) fs::remove_all(entry.path(), error);
    ::close(left);
  }
}

}  // namespace

Result<WorkFolder> WorkFolder::for_a_trial() {
  remove_left_trials(fs::temp_directory_path());
  for (;;) {
    WorkFolder work;
    std::string pattern = (fs::temp_directory_path() / trial_prefix).string() + "XXXXXX";
    if (::mkdtemp(pattern.data()) == nullptr) {
      return about(FaultCode::unavailable, "app.cannot_make_folder", pattern, errno);
    }
    work.path_ = pattern;
    work.descriptor_ = ::open(pattern.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    // Another trial that began between the two may have taken it for one that was left.
    const bool is_taken = ::flock(work.descriptor_, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK;
    if (!is_taken && fs::exists(pattern)) return work;
  }
}

Result<WorkFolder> WorkFolder::make(const fs::path& final_path) {
  if (final_path.empty()) return for_a_trial();
  WorkFolder work;
  work.final_path_ = fs::absolute(final_path);
  if (!work.final_path_.has_filename()) work.final_path_ = work.final_path_.parent_path();
  std::error_code error;
  const bool is_there = fs::exists(work.final_path_);
  work.is_inside_ = is_there && !may_be_replaced(work.final_path_);
  const bool is_free = !is_there || (fs::is_directory(work.final_path_) &&
                                     (work.is_inside_ ? is_as_good_as_empty(work.final_path_)
                                                      : fs::is_empty(work.final_path_, error)));
  if (!is_free) return about(FaultCode::conflict, "backup.folder_not_empty", work.final_path_);
  const fs::path unfinished = work.is_inside_ ? work.final_path_ / inner_name
                                              : fs::path(work.final_path_.string() + inner_name);
  constexpr unsigned for_the_account_alone = 0700;
  if (::mkdir(unfinished.c_str(), for_the_account_alone) != 0 && errno != EEXIST) {
    return about(FaultCode::unavailable, "app.cannot_make_folder", unfinished, errno);
  }
  work.descriptor_ = ::open(unfinished.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (work.descriptor_ < 0) {
    return about(FaultCode::unavailable, "app.cannot_make_folder", unfinished, errno);
  }
  if (::flock(work.descriptor_, LOCK_EX | LOCK_NB) != 0) {
    return about(FaultCode::conflict, "backup.is_being_restored", work.final_path_);
  }
  for (const auto& left : fs::directory_iterator(unfinished, error)) {
    fs::remove_all(left.path(), error);
  }
  work.path_ = unfinished;
  return work;
}

WorkFolder::WorkFolder(WorkFolder&& other) noexcept
    : path_(std::exchange(other.path_, {})),
      final_path_(std::move(other.final_path_)),
      is_inside_(other.is_inside_),
      descriptor_(std::exchange(other.descriptor_, -1)) {}

WorkFolder::~WorkFolder() {
  std::error_code ignored;
  if (!path_.empty()) fs::remove_all(path_, ignored);
  if (descriptor_ >= 0) ::close(descriptor_);
}

Outcome WorkFolder::keep(const std::vector<std::string>& last) {
  if (final_path_.empty()) return {};
  if (is_inside_) return bring_out(last);
  // Over an empty folder, and over nothing else.
  if (::fsync(descriptor_) != 0 || ::rename(path_.c_str(), final_path_.c_str()) != 0) {
    return about(FaultCode::unavailable, "app.cannot_make_folder", final_path_, errno);
  }
  path_.clear();
  sync_folder(final_path_.parent_path());
  return {};
}

Outcome WorkFolder::bring_out(const std::vector<std::string>& last) {
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(path_)) {
    names.push_back(entry.path().filename().string());
  }
  std::stable_partition(names.begin(), names.end(), [&](const std::string& name) {
    return std::find(last.begin(), last.end(), name) == last.end();
  });
  for (auto name = names.begin(); name != names.end(); ++name) {
    if (::rename((path_ / *name).c_str(), (final_path_ / *name).c_str()) == 0) continue;
    const int reason = errno;
    std::error_code ignored;
    for (auto out = names.begin(); out != name; ++out) fs::remove_all(final_path_ / *out, ignored);
    return about(FaultCode::unavailable, "app.cannot_make_folder", final_path_, reason);
  }
  ::rmdir(path_.c_str());
  path_.clear();
  sync_folder(final_path_);
  return {};
}

}  // namespace minhu::app
