#include "app/backup_keys.h"

#include <cstring>

#include "adapters/backup_files/backup_failure.h"
#include "adapters/backup_files/whole_file.h"
#include "adapters/system/system.h"
#include "app/files.h"
#include "app/key_file.h"

namespace minhu::app {

namespace {

constexpr std::string_view public_prefix = "minhu-backup-public ";

}  // namespace

namespace {

// Never over one that is there: backups are sealed with it.
Outcome write_public_key(const std::filesystem::path& file, const Key& key) try {
  backup_files::WholeFile out(file);
  out.put(as_bytes(std::string(public_prefix) + to_hex(key) + "\n"));
  out.keep();
  return {};
} catch (const backup_files::BackupFailure& failure) {
  return tl::unexpected<Fault>(failure.fault());
}

}  // namespace

Outcome make_backup_keys(const std::filesystem::path& file) {
  const std::filesystem::path beside = file.string() + ".pub";
  const bool has_public = std::filesystem::exists(beside);
  const bool has_secret = std::filesystem::exists(file);
  if (has_public && !has_secret) {
    return fail(FaultCode::conflict, "backup.public_key_is_there", "out",
                std::map<std::string, std::string>{{"file", beside.string()}});
  }
  if (has_secret && !has_public) {
    MINHU_TRY(auto keys, read_secret_key(file));
    wipe(keys.secret);
    return write_public_key(beside, keys.public_part);
  }
  system::SystemEntropy entropy;
  auto keys = backup_files::key_pair_of(entropy.bytes<32>());
  MINHU_CHECK_OK(make_key_file(file, keys.secret));
  wipe(keys.secret);
  return write_public_key(beside, keys.public_part);
}

Result<Key> read_public_key(const std::filesystem::path& file) {
  MINHU_TRY(std::string text, contents_of(file));
  const auto wrong = [&] {
    return fail(FaultCode::invalid_input, "backup.not_a_public_key", "key-file",
                std::map<std::string, std::string>{{"file", file.string()}});
  };
  if (!text.starts_with(public_prefix)) return wrong();
  while (!text.empty() && (text.back() == '\n' || text.back() == '\r')) text.pop_back();
  const auto bytes = from_hex(std::string_view(text).substr(public_prefix.size()));
  Key key{};
  if (!bytes || bytes->size() != key.size()) return wrong();
  std::memcpy(key.data(), bytes->data(), key.size());
  return key;
}

Result<backup_files::KeyPair> read_secret_key(const std::filesystem::path& file) {
  MINHU_TRY(Key secret, read_key_file(file));
  const auto keys = backup_files::key_pair_of(secret);
  wipe(secret);
  return keys;
}

}  // namespace minhu::app
