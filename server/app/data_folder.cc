#include "app/data_folder.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <fstream>
#include <map>

#include "kernel/bytes.h"

namespace minhu::app {

namespace {

using Details = std::map<std::string, std::string>;

tl::unexpected<Fault> about(FaultCode code, const char* key, const std::filesystem::path& path,
                            std::string reason = {}) {
  return fail(code, key, std::string(),
              Details{{"folder", path.string()}, {"reason", std::move(reason)}});
}

bool make_folder(const std::filesystem::path& path) {
  std::error_code error;
  std::filesystem::create_directories(path, error);
  if (error || !std::filesystem::is_directory(path)) return false;
  std::filesystem::permissions(path, std::filesystem::perms::owner_all, error);
  return !error;
}

// Written beside, flushed and renamed: a key that is only half there would lock everybody out.
bool write_key(const std::filesystem::path& path, const std::string& text) {
  const std::string temporary = path.string() + ".new";
  const int file = ::open(temporary.c_str(), O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0600);
  if (file < 0) return false;
  const bool written = ::write(file, text.data(), text.size()) == static_cast<ssize_t>(text.size());
  const bool kept = written && ::fsync(file) == 0;
  ::close(file);
  if (!kept || ::rename(temporary.c_str(), path.c_str()) != 0) {
    ::unlink(temporary.c_str());
    return false;
  }
  const int folder = ::open(path.parent_path().c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (folder < 0) return false;
  const bool durable = ::fsync(folder) == 0;
  ::close(folder);
  return durable;
}

Result<cases::Keyring> keyring_of(const std::filesystem::path& path) {
  struct stat status{};
  if (::stat(path.c_str(), &status) != 0) return about(FaultCode::not_found, "app.no_key", path);
  if ((status.st_mode & 077U) != 0) {
    return about(FaultCode::not_allowed, "app.key_readable_by_others", path);
  }
  std::ifstream in(path);
  std::string text;
  std::getline(in, text);
  const auto bytes = from_hex(text);
  Key root{};
  if (!bytes || bytes->size() != root.size()) {
    return about(FaultCode::invalid_input, "app.bad_key", path);
  }
  std::memcpy(root.data(), bytes->data(), root.size());
  return cases::Keyring::from_root(root);
}

}  // namespace

Result<DataFolder> open_data_folder(const std::filesystem::path& root, WhenMissing when_missing) {
  DataFolder folder{std::filesystem::absolute(root)};
  if (when_missing == WhenMissing::refuse && !std::filesystem::exists(folder.database())) {
    return about(FaultCode::not_found, "app.no_data_folder", folder.root);
  }
  for (const auto& path : {folder.root, folder.key_copies(), folder.spool(), folder.outbox()}) {
    if (!make_folder(path)) {
      return about(FaultCode::unavailable, "app.cannot_make_folder", path, std::strerror(errno));
    }
  }
  return folder;
}

Result<cases::Keyring> open_keyring(const DataFolder& folder, WhenMissing when_missing,
                                    Entropy& entropy) {
  const bool fresh = !std::filesystem::exists(folder.key());
  // A database without its key is never given a new one: every word in it would be lost for good,
  // quietly.
  if (fresh && when_missing == WhenMissing::create && !std::filesystem::exists(folder.database())) {
    if (!write_key(folder.key(), to_hex(entropy.bytes<32>()) + "\n")) {
      return about(FaultCode::unavailable, "app.cannot_make_folder", folder.key(),
                   std::strerror(errno));
    }
  }
  return keyring_of(folder.key());
}

}  // namespace minhu::app
