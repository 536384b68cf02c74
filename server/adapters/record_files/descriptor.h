// One open file or folder, and what a failing disk means for the program.
#pragma once

#include <filesystem>

#include "kernel/bytes.h"
#include "kernel/result.h"

namespace minhu::record_files {

// The disk failed: after a failed sync nobody knows what it holds. Nothing is retried in place and
// nobody is told anything; the process ends with code 70, as the database ends it.
[[noreturn]] void leave(const char* what, const std::filesystem::path& path, int error) noexcept;

// A full disk and a machine that has no more descriptors or memory: a Fault, and what stood there
// still stands. Anything else: leave().
tl::unexpected<Fault> fault_or_leave(const char* what, const std::filesystem::path& path,
                                     int error);

class Descriptor {
 public:
  // -1 and errno when it could not be opened.
  Descriptor(const std::filesystem::path& path, int flags, unsigned mode = 0) noexcept;
  ~Descriptor();
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;

  int number() const noexcept { return number_; }
  bool is_open() const noexcept { return number_ >= 0; }

 private:
  int number_;
};

// Makes the folder with everything above it that is missing; what it made is durable.
Outcome make_folders(const std::filesystem::path& folder);
Outcome sync_folder(const std::filesystem::path& folder);
// All of it, from where the file stands.
Outcome write_all(const Descriptor& file, BytesView bytes, const std::filesystem::path& path);

}  // namespace minhu::record_files
