// The keys of cases, in a small database of their own (DATA/keys.db, or a database of a server for
// the keys alone), so that the large one and all its copies can be kept for as long as anybody
// likes: without this one they are noise, and a key that was destroyed here is destroyed in all of
// them (docs/adr/0014).
//
//   master key (minhu.key) wraps wrapping keys, kept here alone:
//     * epoch keys, a new one each month, wrap the keys of cases that lie here
//     * intake keys, a new one each day, wrap the keys of cases that have just come in and wait in
//       the large database until they have been moved here (key_tending.h)
//
// Thread-safe, and several may be open on one database. Failures are those of ports/storage.h; a
// wrapped key that does not open is StorageFailure.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <vector>

#include "features/cases/keyring.h"
#include "features/cases/kinds.h"
#include "ports/entropy.h"
#include "ports/storage.h"

namespace minhu::cases {

class LineMemory;
struct CaseKey;

using WrappingKeyId = Id<struct WrappingKeyTag>;
struct WrappingKey {
  WrappingKeyId id;
  Key key{};
};
enum class WrappingUse : std::uint8_t { epoch, intake };
std::string_view name(WrappingUse) noexcept;

// The tables of that database, a schema of its own; numbers 1131 to 1135.
std::span<const Migration> key_store_migrations();

class KeyStore {
 public:
  KeyStore(Database& database, const Keyring& keyring, Entropy& entropy);
  // The memory of the lines of lists holds so many bytes at most; 0: none.
  KeyStore(Database& database, const Keyring& keyring, Entropy& entropy,
           std::size_t most_bytes_of_lines);
  ~KeyStore();

  // The newest; made when there is none yet (a durable write). StorageUnreachable when it could not
  // be kept: the disk is full, the server is away. Which intake key is in use stands in the large
  // database (intake_key.h).
  WrappingKey current(RegionId region, WrappingUse use);
  // A newer one; those before stay until they are destroyed.
  WrappingKey renew(RegionId region, WrappingUse use, Instant now);
  struct Made {
    WrappingKeyId id;
    Instant at;
  };
  std::vector<Made> made(RegionId region, WrappingUse use);  // the newest last
  // Nothing when it has been destroyed.
  std::optional<Key> wrapping_key(RegionId region, WrappingKeyId id);
  // Out of the memory of this process what another has destroyed.
  void forget_destroyed(RegionId region);
  // For good. Fault conflict "seal.key_in_use" while a key of this store lies under it.
  Outcome destroy_wrapping_key(RegionId region, WrappingKeyId id);

  std::optional<Key> find(RegionId region, CaseId id);
  // Those of them that are here; each id once.
  std::vector<CaseKey> find(RegionId region, std::span<const CaseId> ids);
  // Durable when it returns; those that are there already stay as they are.
  Outcome keep(RegionId region, std::span<const CaseKey> keys);
  Outcome destroy(RegionId region, std::span<const CaseId> ids);

  // Wraps the next `most` keys that are not under the current epoch key anew; gives how many.
  // Interrupted anywhere it goes on where it was: each key says under which it lies.
  Result<std::int64_t> wrap_anew(RegionId region, std::int64_t most);

  // What this process remembers of cases (line_memory.h), sealed under their keys: it lies beside
  // them, and what is destroyed here is forgotten there.
  LineMemory& lines() noexcept { return *lines_; }

  // Who this store is, made with it: the large database remembers it, and knows another's.
  Uuid identity(RegionId region);

 private:
  std::optional<Key> opened(RegionId region, WrappingKeyId id, Reading& reading);
  WrappingKey newest(RegionId region, WrappingUse use, Reading& reading);

  Database& database_;
  const Key master_;
  Entropy& entropy_;

  std::mutex mutex_;
  std::map<WrappingKeyId, Key> open_;
  const std::unique_ptr<LineMemory> lines_;
};

// The key of a case as it lies under a wrapping key, in either database.
Bytes wrap_case_key(const WrappingKey& under, const CaseKey& key, Entropy& entropy);
Key unwrap_case_key(const WrappingKey& under, CaseId id, BytesView wrapped);

}  // namespace minhu::cases
