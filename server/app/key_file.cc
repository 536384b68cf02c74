#include "app/key_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <fstream>
#include <map>
#include <string>

#include "kernel/durable_folder.h"

namespace minhu::app {

namespace {

tl::unexpected<Fault> about(FaultCode code, const char* key, const std::filesystem::path& path,
                            std::string reason = {}) {
  return fail(
      code, key, std::string(),
      std::map<std::string, std::string>{{"folder", path.string()}, {"reason", std::move(reason)}});
}

// Written beside, flushed and linked: a key that is only half there would lock everybody out, and
// link() never puts one key in the place of another.
bool write_key(const std::filesystem::path& path, const std::string& text) {
  const std::string temporary = path.string() + ".new";
  ::unlink(temporary.c_str());  // of somebody who was stopped half way
  const int file = ::open(temporary.c_str(), O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0600);
  if (file < 0) return false;
  const bool written = ::write(file, text.data(), text.size()) == static_cast<ssize_t>(text.size());
  const bool kept = written && ::fsync(file) == 0;
  ::close(file);
  const bool linked = kept && ::link(temporary.c_str(), path.c_str()) == 0;
  const int reason = errno;
  ::unlink(temporary.c_str());
  errno = reason;
  if (!linked) return false;
  errno = sync_folder(path.parent_path());
  return errno == 0;
}

}  // namespace

Outcome make_key_file(const std::filesystem::path& path, const Key& key) {
  if (write_key(std::filesystem::absolute(path), to_hex(key) + "\n")) return {};
  if (errno == EEXIST) return about(FaultCode::conflict, "app.key_is_there", path);
  return about(FaultCode::unavailable, "app.cannot_make_folder", path, std::strerror(errno));
}

Result<Key> read_key_file(const std::filesystem::path& path) {
  struct stat status{};
  if (::stat(path.c_str(), &status) != 0) return about(FaultCode::not_found, "app.no_key", path);
  if ((status.st_mode & 077U) != 0) {
    return about(FaultCode::not_allowed, "app.key_readable_by_others", path);
  }
  std::ifstream in(path);
  std::string text;
  std::getline(in, text);
  const auto bytes = from_hex(text);
  Key key{};
  if (!bytes || bytes->size() != key.size()) {
    return about(FaultCode::invalid_input, "app.bad_key", path);
  }
  std::memcpy(key.data(), bytes->data(), key.size());
  return key;
}

}  // namespace minhu::app
