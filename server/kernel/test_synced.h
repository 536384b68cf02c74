// Which files and folders a program has made durable, as the kernel was asked to. Takes the place
// of the C library's fsync: only in one file of a test program.
#pragma once

#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <mutex>
#include <string>
#include <vector>

namespace minhu::test {

class Synced {
 public:
  void note(int file) {
    std::error_code error;
    const auto path = std::filesystem::read_symlink("/proc/self/fd/" + std::to_string(file), error);
    const std::lock_guard lock(mutex_);
    paths_.push_back(path);
  }
  void forget() {
    const std::lock_guard lock(mutex_);
    paths_.clear();
  }
  bool has(const std::filesystem::path& path) {
    const std::lock_guard lock(mutex_);
    return std::find(paths_.begin(), paths_.end(), path) != paths_.end();
  }

 private:
  std::mutex mutex_;
  std::vector<std::filesystem::path> paths_;
};
inline Synced synced;

}  // namespace minhu::test

extern "C" int fsync(int file) {
  minhu::test::synced.note(file);
  return static_cast<int>(::syscall(SYS_fsync, file));
}
