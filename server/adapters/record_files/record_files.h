// The public files of the record in a folder of this machine (ports/log_files.h).
#pragma once

#include <filesystem>

#include "ports/log_files.h"

namespace minhu::record_files {

// Paths are of small letters, digits, '.', and '/' between them, no part beginning with '.'; any
// other is Fault not_found, also for what is put: nothing outside the folder can be named.
// Thread-safe for readers; one thread writes.
class FolderFiles final : public LogFiles {
 public:
  // Makes the folder when it is not there.
  explicit FolderFiles(std::filesystem::path folder);

  Outcome put(std::string_view path, BytesView bytes) override;
  Outcome put_all(std::span<const NamedBytes> files) override;
  Outcome append(std::string_view path, BytesView bytes) override;
  Result<Bytes> get(std::string_view path) const override;
  bool has(std::string_view path) const override;
  void remove(std::string_view path) override;

 private:
  std::filesystem::path folder_;
};

}  // namespace minhu::record_files
