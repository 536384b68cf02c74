#include "adapters/record_files/record_files.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <set>

#include "adapters/record_files/descriptor.h"

namespace minhu::record_files {

namespace {

constexpr unsigned file_mode = 0644;  // what lies here is public
// Beside the file that it becomes. No path that can be asked for begins with a dot.
constexpr const char* temporary_prefix = ".new-";

bool is_path(std::string_view path) {
  bool at_begin = true;
  for (const char c : path) {
    const bool inside = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    if (c == '/' ? at_begin : !inside && (c != '.' || at_begin)) return false;
    at_begin = c == '/';
  }
  return !at_begin;
}

tl::unexpected<Fault> no_file() {
  return fail(FaultCode::not_found, "record.no_file");
}

std::filesystem::path temporary_of(const std::filesystem::path& path) {
  return path.parent_path() / (temporary_prefix + path.filename().string());
}

// Written and synced under its temporary name. After a Fault nothing of it is left.
Outcome write_beside(const std::filesystem::path& path, BytesView bytes) {
  MINHU_CHECK_OK(make_folders(path.parent_path()));
  const std::filesystem::path temporary = temporary_of(path);
  const auto write = [&]() -> Outcome {
    const Descriptor file(temporary, O_CREAT | O_TRUNC | O_WRONLY, file_mode);
    if (!file.is_open()) return fault_or_leave("open", temporary, errno);
    MINHU_CHECK_OK(write_all(file, bytes, temporary));
    if (::fsync(file.number()) != 0) return fault_or_leave("sync", temporary, errno);
    return {};
  };
  const Outcome written = write();
  if (!written) ::unlink(temporary.c_str());
  return written;
}

}  // namespace

FolderFiles::FolderFiles(std::filesystem::path folder) : folder_(std::move(folder)) {
  std::filesystem::create_directories(folder_);
}

Outcome FolderFiles::put(std::string_view path, BytesView bytes) {
  const NamedBytes one{std::string(path), Bytes(bytes.begin(), bytes.end())};
  return put_all(std::span(&one, 1));
}

Outcome FolderFiles::put_all(std::span<const NamedBytes> files) {
  std::set<std::filesystem::path> folders;
  for (const NamedBytes& file : files) {
    if (!is_path(file.path)) return no_file();
    MINHU_CHECK_OK(write_beside(folder_ / file.path, file.bytes));
  }
  for (const NamedBytes& file : files) {
    const std::filesystem::path path = folder_ / file.path;
    if (::rename(temporary_of(path).c_str(), path.c_str()) != 0) {
      return fault_or_leave("rename", path, errno);
    }
    folders.insert(path.parent_path());
  }
  for (const std::filesystem::path& folder : folders) MINHU_CHECK_OK(sync_folder(folder));
  return {};
}

Outcome FolderFiles::append(std::string_view path, BytesView bytes) {
  if (!is_path(path)) return no_file();
  const std::filesystem::path file = folder_ / path;
  struct stat before{};
  const bool is_new = ::stat(file.c_str(), &before) != 0;
  if (is_new) MINHU_CHECK_OK(make_folders(file.parent_path()));
  const Descriptor open(file, O_CREAT | O_APPEND | O_WRONLY, file_mode);
  if (!open.is_open()) return fault_or_leave("open", file, errno);
  const Outcome written = write_all(open, bytes, file);
  if (!written) {
    if (::ftruncate(open.number(), is_new ? 0 : before.st_size) != 0) {
      leave("truncate", file, errno);
    }
    return written;
  }
  if (::fsync(open.number()) != 0) return fault_or_leave("sync", file, errno);
  if (is_new) MINHU_CHECK_OK(sync_folder(file.parent_path()));
  return {};
}

Result<Bytes> FolderFiles::get(std::string_view path) const {
  if (!is_path(path)) return no_file();
  const std::filesystem::path file = folder_ / path;
  const Descriptor open(file, O_RDONLY);
  if (!open.is_open() && (errno == EMFILE || errno == ENFILE)) {
    return fail(FaultCode::unavailable, "record.machine_busy");
  }
  struct stat status{};
  if (!open.is_open() || ::fstat(open.number(), &status) != 0 || !S_ISREG(status.st_mode)) {
    return no_file();
  }
  Bytes bytes(static_cast<std::size_t>(status.st_size));
  std::size_t have = 0;
  while (have < bytes.size()) {
    const ssize_t got = ::read(open.number(), bytes.data() + have, bytes.size() - have);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) leave("read", file, errno);
    if (got == 0) break;
    have += static_cast<std::size_t>(got);
  }
  bytes.resize(have);
  return bytes;
}

bool FolderFiles::has(std::string_view path) const {
  if (!is_path(path)) return false;
  struct stat status{};
  return ::stat((folder_ / path).c_str(), &status) == 0 && S_ISREG(status.st_mode);
}

void FolderFiles::remove(std::string_view path) {
  if (!is_path(path)) return;
  std::error_code nothing_there;
  std::filesystem::remove_all(folder_ / path, nothing_there);
}

}  // namespace minhu::record_files
