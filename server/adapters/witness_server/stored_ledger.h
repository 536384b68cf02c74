// A witness's memory in a database of its own: for each log the last tree it cosigned, and the
// signed note of it. It must never be rolled back: a witness whose ledger was lost or restored from
// a backup can be led to sign a second tree, and is retired with its key.
#pragma once

#include <optional>

#include "engines/merkle/witness.h"
#include "ports/storage.h"

namespace minhu::witness_server {

// The schema of that database; it has no other tables.
std::span<const Migration> ledger_steps();

// Safe to call from several threads: the database lets one writer in at a time, and the old head is
// compared inside its transaction.
class StoredLedger final : public merkle::WitnessLedger {
 public:
  explicit StoredLedger(Database& database) : database_(&database) {}

  merkle::TreeHead latest(const std::string& origin) override;
  // Throws StorageFailure when nothing could be kept.
  bool replace(const std::string& origin, const merkle::TreeHead& expected,
               const merkle::TreeHead& next, const std::string& note) override;

  // Nothing when this witness has never cosigned that log.
  std::optional<std::string> latest_note(const std::string& origin);

 private:
  Database* database_;
};

}  // namespace minhu::witness_server
