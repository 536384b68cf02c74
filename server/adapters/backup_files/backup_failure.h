// Thrown where a callback of the database stands between what went wrong and who can say it; the
// commands catch it and give the Fault on.
#pragma once

#include <stdexcept>

#include "kernel/fault.h"

namespace minhu::backup_files {

class BackupFailure : public std::runtime_error {
 public:
  explicit BackupFailure(Fault fault) : std::runtime_error(fault.key), fault_(std::move(fault)) {}
  const Fault& fault() const noexcept { return fault_; }

 private:
  Fault fault_;
};

}  // namespace minhu::backup_files
