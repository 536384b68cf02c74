#include "app/record_mirror.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <fstream>
#include <map>

#include "kernel/durable_folder.h"

namespace minhu::app {

namespace {

namespace fs = std::filesystem;

tl::unexpected<Fault> cannot_write(const fs::path& path, int error) {
  return fail(FaultCode::unavailable, "app.cannot_make_folder", std::string(),
              std::map<std::string, std::string>{{"folder", path.string()},
                                                 {"reason", std::strerror(error)}});
}

bool write_all(int file, BytesView bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(file, bytes.data(), bytes.size());
    if (written <= 0) return false;
    bytes = bytes.subspan(static_cast<std::size_t>(written));
  }
  return ::fdatasync(file) == 0;
}

}  // namespace

Result<Bytes> RecordMirror::read(const std::string& path) const {
  const fs::path whole = folder_ / path;
  std::error_code error;
  if (!fs::is_regular_file(whole, error)) {
    // A folder that is not there at all says nothing about a file in it.
    if (fs::is_directory(folder_, error)) {
      return fail(FaultCode::not_found, "merkle.file_missing", "file",
                  std::map<std::string, std::string>{{"file", path}});
    }
  } else if (std::ifstream in(whole, std::ios::binary); in) {
    Bytes bytes((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
    if (!in.bad()) return bytes;
  }
  return fail(FaultCode::unavailable, "record.unreachable", "url",
              std::map<std::string, std::string>{{"url", whole.string()},
                                                 {"reason", std::strerror(errno)}});
}

Outcome RecordMirror::write(const std::string& path, BytesView bytes) const {
  const fs::path whole = folder_ / path;
  if (const int reason = make_folders(whole.parent_path()); reason != 0) {
    return cannot_write(whole, reason);
  }
  const std::string temporary = whole.string() + ".new";
  const int file = ::open(temporary.c_str(), O_CREAT | O_TRUNC | O_WRONLY | O_CLOEXEC, 0600);
  if (file < 0) return cannot_write(whole, errno);
  const bool written = write_all(file, bytes);
  const int reason = errno;
  ::close(file);
  if (!written) return cannot_write(whole, reason);
  if (::rename(temporary.c_str(), whole.c_str()) != 0) return cannot_write(whole, errno);
  // Without its folder the name is not durable: after a loss of power the mirror could have a head
  // and not the tiles below it.
  if (const int unsure = sync_folder(whole.parent_path()); unsure != 0) {
    return cannot_write(whole, unsure);
  }
  return {};
}

}  // namespace minhu::app
