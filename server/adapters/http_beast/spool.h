// Large uploads on their way to a handler: files of mode 0600 in a folder of our own, gone as soon
// as the request is done.
#pragma once

#include <atomic>
#include <cstdint>
#include <filesystem>
#include <string_view>

#include "kernel/result.h"

namespace minhu::http_beast {

class Spool;

// Removes its file when it goes. Not thread-safe.
class SpoolFile {
 public:
  SpoolFile() = default;
  SpoolFile(SpoolFile&& other) noexcept;
  SpoolFile& operator=(SpoolFile&& other) noexcept;
  ~SpoolFile();

  // Faults out_of_storage http.disk_full, unavailable http.spool_busy (the spool is as full as it
  // may be). Any other error of the disk is std::system_error.
  Outcome write(std::string_view bytes);
  void close() noexcept;  // written completely; the file stays
  const std::filesystem::path& path() const noexcept { return path_; }

 private:
  friend class Spool;
  SpoolFile(Spool& spool, std::filesystem::path path, int descriptor)
      : spool_(&spool), path_(std::move(path)), descriptor_(descriptor) {}

  Spool* spool_ = nullptr;
  std::filesystem::path path_;
  int descriptor_ = -1;
  std::uint64_t size_ = 0;
};

// Thread-safe. Outlives its files.
class Spool {
 public:
  // Makes the folder, or removes what an earlier run left in it; `limit` bytes at a time. Throws
  // std::filesystem::filesystem_error.
  Spool(std::filesystem::path folder, std::uint64_t limit);

  Result<SpoolFile> make();  // as write() above
  std::uint64_t held_bytes() const noexcept { return held_.load(); }

 private:
  friend class SpoolFile;

  std::filesystem::path folder_;
  std::uint64_t limit_;
  std::atomic<std::uint64_t> held_{0};
  std::atomic<std::uint64_t> made_{0};
};

}  // namespace minhu::http_beast
