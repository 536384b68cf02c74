// Small files that people hand to a command: proofs, policies, keys.
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>

#include "kernel/result.h"

namespace minhu::app {

inline constexpr std::size_t largest_file = 4'000'000;  // bytes; no proof and no policy comes near

// All of it, at most `most` bytes. Faults app.cannot_read_file, app.empty_file.
Result<std::string> contents_of(const std::filesystem::path& path, std::size_t most = largest_file);

}  // namespace minhu::app
