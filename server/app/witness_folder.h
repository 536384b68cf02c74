// The folder that a witness lives in (--data DIR): its key, what it is called, and its ledger.
#pragma once

#include <filesystem>
#include <memory>

#include "adapters/storage_sqlite/sqlite_database.h"
#include "engines/merkle/note.h"

namespace minhu::app {

struct WitnessFolder {
  std::filesystem::path root;
  std::filesystem::path key() const { return root / "witness.key"; }  // 0600
  std::filesystem::path public_key() const { return root / "public_key"; }
  std::filesystem::path ledger() const { return root / "witness.db"; }
};

// A key of its own for each witness, made once; and an empty ledger. Faults: invalid_input
// witness.bad_name; conflict witness.is_there; those of key_file.h.
Result<merkle::VerifierKey> make_witness(const WitnessFolder& folder, const std::string& name);

struct OpenWitness {
  merkle::Signer signer;
  std::unique_ptr<storage_sqlite::SqliteDatabase> database;  // this process alone has it
};
// Faults: not_found witness.not_there; not_found witness.ledger_lost: the key has signed before,
// and nobody knows what; conflict witness.key_broken: the key is not that of public_key;
// unavailable app.database_in_use; those of key_file.h.
Result<OpenWitness> open_witness(const WitnessFolder& folder);

}  // namespace minhu::app
