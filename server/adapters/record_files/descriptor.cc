#include "adapters/record_files/descriptor.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <vector>

namespace minhu::record_files {

namespace {

constexpr int exit_after_input_output_failure = 70;
constexpr unsigned folder_mode = 0755;  // what lies here is public

}  // namespace

void leave(const char* what, const std::filesystem::path& path, int error) noexcept {
  std::fprintf(stderr,
               "minhu: the disk failed at the files of the record (%s %s: %s). Nothing more is "
               "accepted; check the disk, then start again.\n",
               what, path.c_str(), std::strerror(error));
  std::_Exit(exit_after_input_output_failure);
}

tl::unexpected<Fault> fault_or_leave(const char* what, const std::filesystem::path& path,
                                     int error) {
  if (error == ENOSPC || error == EDQUOT) return fail(FaultCode::out_of_storage, "record.no_space");
  if (error == EMFILE || error == ENFILE || error == ENOMEM) {
    return fail(FaultCode::unavailable, "record.machine_busy");
  }
  leave(what, path, error);
}

Descriptor::Descriptor(const std::filesystem::path& path, int flags, unsigned mode) noexcept
    : number_(::open(path.c_str(), flags | O_CLOEXEC, mode)) {}

Descriptor::~Descriptor() {
  if (number_ >= 0) ::close(number_);
}

Outcome sync_folder(const std::filesystem::path& folder) {
  const Descriptor open(folder, O_RDONLY | O_DIRECTORY);
  if (!open.is_open()) return fault_or_leave("open", folder, errno);
  if (::fsync(open.number()) != 0) return fault_or_leave("sync", folder, errno);
  return {};
}

Outcome make_folders(const std::filesystem::path& folder) {
  struct stat status{};
  std::vector<std::filesystem::path> missing;
  for (std::filesystem::path each = folder;
       ::stat(each.c_str(), &status) != 0 && each != each.parent_path();
       each = each.parent_path()) {
    missing.push_back(each);
  }
  for (auto each = missing.rbegin(); each != missing.rend(); ++each) {
    if (::mkdir(each->c_str(), folder_mode) != 0 && errno != EEXIST) {
      return fault_or_leave("mkdir", *each, errno);
    }
    MINHU_CHECK_OK(sync_folder(each->parent_path()));
  }
  return {};
}

Outcome write_all(const Descriptor& file, BytesView bytes, const std::filesystem::path& path) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(file.number(), bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return fault_or_leave("write", path, errno);
    bytes = bytes.subspan(static_cast<std::size_t>(written));
  }
  return {};
}

}  // namespace minhu::record_files
