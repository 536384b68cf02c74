#include "app/record_setup.h"

#include <fcntl.h>
#include <fmt/core.h>
#include <spdlog/spdlog.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <fstream>

#include "app/key_file.h"
#include "app/record_sm2.h"
#include "features/record/rows.h"

namespace minhu::app {

namespace {

namespace fs = std::filesystem;

// A key in swap is a key on disk. Where the machine allows no locking the record signs all the
// same.
std::unique_ptr<const merkle::Signer> kept_in_memory(merkle::Signer signer) {
  auto kept = std::make_unique<const merkle::Signer>(std::move(signer));
  if (::mlock(kept.get(), sizeof *kept) != 0) {
    spdlog::warn("the key of the record may be swapped to disk: {}", std::strerror(errno));
  }
  return kept;
}

tl::unexpected<Fault> about(FaultCode code, const char* key, const fs::path& path,
                            std::string reason = {}) {
  return fail(
      code, key, std::string(),
      std::map<std::string, std::string>{{"folder", path.string()}, {"reason", std::move(reason)}});
}

Result<std::string> policy_text(const DataFolder& folder) {
  const fs::path path = record_policy_file(folder);
  std::ifstream in(path, std::ios::binary);
  if (!in) return about(FaultCode::not_found, "app.no_record_policy", path);
  return std::string((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
}

bool has_signed(Database& database, RegionId region) {
  const auto head =
      database.read([&](Reading& reading) { return record::find_head(reading, region); });
  return head && head->tree.size > 0;
}

Outcome make_record(const DataFolder& folder, RegionId region, Entropy& entropy,
                    const std::string& origin) {
  const std::string name =
      origin.empty() ? fmt::format("county-{}.minhu/record", region.value) : origin;
  if (!fs::exists(record_key_file(folder))) {
    MINHU_CHECK_OK(make_key_file(record_key_file(folder), entropy.bytes<32>()));
  }
  MINHU_TRY(const Key seed, read_key_file(record_key_file(folder)));
  const merkle::Signer log{name, merkle::KeyKind::ed25519, merkle::Ed25519Key(seed)};
  return keep_policy(
      folder, fmt::format("log {}\nquorum none\n", merkle::format_verifier_key(log.verifier())));
}

}  // namespace

fs::path record_key_file(const DataFolder& folder) {
  return folder.root / "record.key";
}
fs::path record_policy_file(const DataFolder& folder) {
  return folder.root / "record.policy";
}
fs::path record_files_folder(const DataFolder& folder) {
  return folder.root / "record";
}
fs::path record_status_file(const DataFolder& folder) {
  return folder.root / "record.status";
}

fs::path record_alarm_file(const DataFolder& folder) {
  return folder.root / "record.alarm";
}

fs::path record_restored_file(const DataFolder& folder) {
  return folder.root / "record.restored.txt";
}

Result<RecordSetup> read_record_setup(const DataFolder& folder) {
  if (!fs::exists(record_key_file(folder))) {
    return about(FaultCode::not_found, "app.no_record_key", record_key_file(folder));
  }
  MINHU_TRY(const Key seed, read_key_file(record_key_file(folder)));
  RecordSetup setup;
  MINHU_TRY(setup.identity.policy, policy_text(folder));
  MINHU_TRY(setup.policy, merkle::parse_policy(setup.identity.policy));
  merkle::Ed25519Key key(seed);
  for (const merkle::TrustPolicy::Log& log : setup.policy.logs) {
    if (log.key.key != key.public_key()) continue;
    setup.identity.origin = log.key.name;
    setup.identity.verifier_key = merkle::format_verifier_key(log.key);
    setup.log = kept_in_memory({log.key.name, merkle::KeyKind::ed25519, std::move(key)});
    // The second signature is for whoever asks for it; the record does not stand still without.
    auto second = second_signer(folder.root, log.key.name);
    if (!second) spdlog::error("the record signs without SM2: {}", second.error().key);
    if (second && *second) setup.second.emplace(std::move(**second));
    return setup;
  }
  return about(FaultCode::conflict, "app.policy_of_another_record", record_policy_file(folder));
}

RecordSetup open_record(const DataFolder& folder, Database& database, RegionId region,
                        Entropy& entropy, const std::string& origin, bool shared) {
  const bool is_new =
      !fs::exists(record_key_file(folder)) || !fs::exists(record_policy_file(folder));
  // A record that has signed is never given another key: that would be another record, and every
  // receipt of this one would be worth nothing.
  if (!shared && (is_new || !origin.empty()) && !has_signed(database, region)) {
    if (const Outcome made = make_record(folder, region, entropy, origin); !made) {
      RecordSetup none;
      none.why = made.error();
      return none;
    }
  }
  if (fs::exists(record_restored_file(folder))) {
    RecordSetup none;
    none.why = Fault(FaultCode::conflict, "app.record_restored", std::string(),
                     {{"file", record_restored_file(folder).string()}});
    return none;
  }
  auto setup = read_record_setup(folder);
  if (setup) return std::move(*setup);
  RecordSetup none;
  none.why = setup.error();
  return none;
}

Outcome check_origin(const std::string& origin) {
  const bool has_scheme = origin.find("://") != std::string::npos;
  if (merkle::is_key_name(origin) && !has_scheme && origin.size() <= 200) return {};
  return fail(FaultCode::invalid_input, "app.bad_origin", "origin");
}

Outcome keep_policy(const DataFolder& folder, const std::string& text) {
  const fs::path path = record_policy_file(folder);
  const fs::path beside = path.string() + ".new";
  const int file = ::open(beside.c_str(), O_CREAT | O_TRUNC | O_WRONLY | O_CLOEXEC, 0644);
  const bool written =
      file >= 0 && ::write(file, text.data(), text.size()) == static_cast<ssize_t>(text.size()) &&
      ::fsync(file) == 0;
  const int reason = errno;
  if (file >= 0) ::close(file);
  if (written && ::rename(beside.c_str(), path.c_str()) == 0) return {};
  ::unlink(beside.c_str());
  return about(FaultCode::unavailable, "app.cannot_make_folder", path, std::strerror(reason));
}

}  // namespace minhu::app
