// Names that stay when the power goes: a file is durable only when the folder that names it is.
// (std::filesystem makes folders and knows nothing of it.)
#pragma once

#include <filesystem>

namespace minhu {

// What was made, named or removed in this folder stays. 0, or errno. A file system that syncs no
// folders (EINVAL) keeps names in its own way: 0.
int sync_folder(const std::filesystem::path& folder) noexcept;

// Makes what is missing of `folder` and above it, for this user alone; the name of each that was
// made stays. 0, or errno.
int make_folders(const std::filesystem::path& folder);

}  // namespace minhu
