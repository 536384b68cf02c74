#include "adapters/witness_server/stored_ledger.h"

#include <algorithm>
#include <array>

namespace minhu::witness_server {

namespace {

using merkle::TreeHead;

// A tree is counted up to 2^63 - 1 (merkle::largest_size), which is what a column holds.
constexpr std::array steps{
    Migration{1, "0001_latest_checkpoints",
              "CREATE TABLE latest_checkpoint (origin TEXT NOT NULL, size BIGINT NOT NULL,"
              " root BLOB NOT NULL, note TEXT NOT NULL, PRIMARY KEY (origin));"}};

TreeHead latest_in(Reading& reading, const std::string& origin) {
  return reading
      .first("SELECT size, root FROM latest_checkpoint WHERE origin = ?1", {param(origin)},
             [](const Row& row) {
               TreeHead head;
               head.size = static_cast<std::uint64_t>(row.integer(0));
               const BytesView root = row.bytes(1);
               if (root.size() != head.root.size()) throw StorageFailure("a root of other length");
               std::copy(root.begin(), root.end(), head.root.begin());
               return head;
             })
      .value_or(merkle::empty_tree_head());
}

}  // namespace

std::span<const Migration> ledger_steps() {
  return steps;
}

TreeHead StoredLedger::latest(const std::string& origin) {
  return database_->read([&](Reading& reading) { return latest_in(reading, origin); });
}

bool StoredLedger::replace(const std::string& origin, const TreeHead& expected,
                           const TreeHead& next, const std::string& note) {
  const auto replaced = database_->write([&](Transaction& transaction) -> Result<bool> {
    if (latest_in(transaction, origin) != expected) return false;
    transaction.execute(
        "INSERT INTO latest_checkpoint(origin, size, root, note) VALUES (?1, ?2, ?3, ?4)"
        " ON CONFLICT (origin) DO UPDATE SET size = excluded.size, root = excluded.root,"
        " note = excluded.note",
        {param(origin), static_cast<std::int64_t>(next.size), BytesView(next.root), param(note)});
    return true;
  });
  if (!replaced) throw StorageFailure("the ledger took nothing: " + replaced.error().key);
  return *replaced;
}

std::optional<std::string> StoredLedger::latest_note(const std::string& origin) {
  return database_->read([&](Reading& reading) {
    return reading.first("SELECT note FROM latest_checkpoint WHERE origin = ?1", {param(origin)},
                         [](const Row& row) { return std::string(row.text(0)); });
  });
}

}  // namespace minhu::witness_server
