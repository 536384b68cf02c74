#include "app/backup_keys.h"

#include <cstring>
#include <fstream>

#include "adapters/system/system.h"
#include "app/files.h"
#include "app/key_file.h"

namespace minhu::app {

namespace {

constexpr std::string_view public_prefix = "minhu-backup-public ";

}  // namespace

Outcome make_backup_keys(const std::filesystem::path& file) {
  system::SystemEntropy entropy;
  auto keys = backup_files::key_pair_of(entropy.bytes<32>());
  MINHU_CHECK_OK(make_key_file(file, keys.secret));
  wipe(keys.secret);
  // Lost, it is made again from the other one; so it need not be written with the same care.
  const std::filesystem::path beside = file.string() + ".pub";
  std::ofstream out(beside, std::ios::binary);
  out << public_prefix << to_hex(keys.public_part) << '\n';
  out.close();
  if (out.good()) return {};
  return fail(FaultCode::unavailable, "backup.cannot_write", "",
              std::map<std::string, std::string>{{"file", beside.string()}, {"reason", ""}});
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
