#include "app/witness_folder.h"

#include <fstream>
#include <map>

#include "adapters/system/system.h"
#include "adapters/witness_server/stored_ledger.h"
#include "app/key_file.h"
#include "ports/migrate.h"

namespace minhu::app {

namespace {

using merkle::KeyKind;

tl::unexpected<Fault> about(FaultCode code, const char* key, const std::filesystem::path& path) {
  return fail(code, key, std::string(),
              std::map<std::string, std::string>{{"folder", path.string()}});
}

std::string first_line_of(const std::filesystem::path& path) {
  std::ifstream in(path);
  std::string line;
  std::getline(in, line);
  return line;
}

Result<std::unique_ptr<storage_sqlite::SqliteDatabase>> open_ledger(
    const std::filesystem::path& path, Instant now) {
  try {
    storage_sqlite::Options options;
    options.file = path;
    options.readers = 2;
    options.writer_cache_kib = 1024;
    options.reader_cache_kib = 256;
    auto database = std::make_unique<storage_sqlite::SqliteDatabase>(options);
    minhu::migrate(*database, witness_server::ledger_steps(), now);
    return database;
  } catch (const StorageFailure& failure) {
    return fail(FaultCode::unavailable, "app.database_in_use", std::string(),
                std::map<std::string, std::string>{{"reason", failure.what()}});
  }
}

}  // namespace

Result<merkle::VerifierKey> make_witness(const WitnessFolder& folder, const std::string& name) {
  if (!merkle::is_key_name(name)) return fail(FaultCode::invalid_input, "witness.bad_name", "name");
  std::error_code error;
  std::filesystem::create_directories(folder.root, error);
  // A witness whose key was changed is another witness, in another folder.
  if (std::filesystem::exists(folder.key())) {
    return about(FaultCode::conflict, "witness.is_there", folder.root);
  }
  system::SystemEntropy entropy;
  const Key seed = entropy.bytes<32>();
  const merkle::Signer signer{name, KeyKind::cosignature_v1, merkle::Ed25519Key(seed)};
  // The key is the last to come: without it there is no witness yet, and init may be tried again.
  std::ofstream(folder.public_key()) << format_verifier_key(signer.verifier()) << '\n';
  MINHU_CHECK_OK(open_ledger(folder.ledger(), system::SystemClock().now()));
  MINHU_CHECK_OK(make_key_file(folder.key(), seed));
  return signer.verifier();
}

Result<OpenWitness> open_witness(const WitnessFolder& folder) {
  if (!std::filesystem::exists(folder.key())) {
    return about(FaultCode::not_found, "witness.not_there", folder.root);
  }
  if (!std::filesystem::exists(folder.ledger())) {
    return about(FaultCode::not_found, "witness.ledger_lost", folder.ledger());
  }
  MINHU_TRY(const Key seed, read_key_file(folder.key()));
  merkle::Ed25519Key key(seed);
  const auto printed = merkle::parse_verifier_key(first_line_of(folder.public_key()));
  if (!printed || printed->kind != KeyKind::cosignature_v1 || printed->key != key.public_key()) {
    return about(FaultCode::conflict, "witness.key_broken", folder.public_key());
  }
  MINHU_TRY(auto database, open_ledger(folder.ledger(), system::SystemClock().now()));
  return OpenWitness{merkle::Signer{printed->name, KeyKind::cosignature_v1, std::move(key)},
                     std::move(database)};
}

}  // namespace minhu::app
