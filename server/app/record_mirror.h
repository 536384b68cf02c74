// The public files of a record in a folder: a copy that somebody made, or the mirror that a monitor
// keeps.
#pragma once

#include <filesystem>
#include <string>

#include "kernel/bytes.h"
#include "kernel/result.h"

namespace minhu::app {

class RecordMirror {
 public:
  explicit RecordMirror(std::filesystem::path folder) : folder_(std::move(folder)) {}

  // Faults: not_found merkle.file_missing; unavailable record.unreachable (url, reason).
  Result<Bytes> read(const std::string& path) const;
  // Never half of it, and durable before the next one that is written. Fault unavailable
  // app.cannot_make_folder.
  Outcome write(const std::string& path, BytesView bytes) const;

 private:
  std::filesystem::path folder_;
};

}  // namespace minhu::app
