// Small files that people hand to a command: proofs, policies, keys.
#pragma once

#include <filesystem>
#include <string>

#include "kernel/result.h"

namespace minhu::app {

// All of it, at most four million bytes. Faults app.cannot_read_file, app.empty_file.
Result<std::string> contents_of(const std::filesystem::path& path);

}  // namespace minhu::app
