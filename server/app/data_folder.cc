#include "app/data_folder.h"

#include <cerrno>
#include <cstring>
#include <map>

#include "app/key_file.h"

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

}  // namespace

Result<DataFolder> open_data_folder(const std::filesystem::path& root, WhenMissing when_missing,
                                    bool elsewhere) {
  DataFolder folder{std::filesystem::absolute(root)};
  const bool complete = elsewhere || std::filesystem::exists(folder.database()) ||
                        std::filesystem::exists(folder.settings());
  if (when_missing == WhenMissing::refuse && !complete) {
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
                                    bool has_data, Entropy& entropy) {
  const bool fresh = !std::filesystem::exists(folder.key());
  // A database without its key is never given a new one: every word in it would be lost for good,
  // quietly.
  if (fresh && when_missing == WhenMissing::create && !has_data) {
    MINHU_CHECK_OK(make_key_file(folder.key(), entropy.bytes<32>()));
  }
  MINHU_TRY(const Key root, read_key_file(folder.key()));
  return cases::Keyring::from_root(root);
}

}  // namespace minhu::app
