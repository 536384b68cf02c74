#include "features/cases/key_store.h"

#include <algorithm>
#include <array>
#include <cstring>

#include "features/cases/content.h"
#include "features/cases/line_memory.h"
#include "features/cases/together.h"

namespace minhu::cases {

namespace {

// A key says under which it lies, so that wrapping anew needs no place of its own to remember how
// far it came. The serial orders wrapping keys even where a clock was set back.
constexpr std::string_view tables = R"sql(
CREATE TABLE key_store (
  region_id BIGINT NOT NULL,
  store_id  BLOB   NOT NULL,
  PRIMARY KEY (region_id)
);

CREATE TABLE wrapping_key (
  region_id   BIGINT NOT NULL,
  wrapping_id BLOB   NOT NULL,
  used_for    TEXT   NOT NULL,
  serial      BIGINT NOT NULL,
  made_at     BIGINT NOT NULL,
  wrapped     BLOB   NOT NULL,
  PRIMARY KEY (region_id, wrapping_id)
);

CREATE TABLE kept_key (
  region_id   BIGINT NOT NULL,
  case_id     BLOB   NOT NULL,
  wrapping_id BLOB   NOT NULL,
  wrapped     BLOB   NOT NULL,
  PRIMARY KEY (region_id, case_id)
);

CREATE INDEX kept_key_by_wrapping ON kept_key(region_id, wrapping_id, case_id);
)sql";

constexpr Migration steps[] = {{1131, "1131_key_store", tables}};

constexpr std::array<std::string_view, 2> use_names{"epoch", "intake"};

Bytes context_of(std::string_view what, BytesView first, BytesView second) {
  Bytes context = to_bytes(what);
  context.insert(context.end(), first.begin(), first.end());
  context.insert(context.end(), second.begin(), second.end());
  return context;
}

Bytes place_of(WrappingUse use, WrappingKeyId id) {
  return context_of("minhu/wrapping-key/v1", as_bytes(name(use)), id.bytes());
}

Key key_in(const Key& under, BytesView wrapped, BytesView context, const std::string& what) {
  const auto plain = open_sealed(under, wrapped, context);
  Key key{};
  if (!plain || plain->size() != key.size()) {
    throw StorageFailure(what + " does not open: are minhu.key and keys.db those of this folder?");
  }
  std::memcpy(key.data(), plain->data(), key.size());
  return key;
}

Bytes copy_of(BytesView bytes) {
  return {bytes.begin(), bytes.end()};
}

}  // namespace

KeyStore::KeyStore(Database& database, const Keyring& keyring, Entropy& entropy)
    : KeyStore(database, keyring, entropy, LineMemory::usual_bytes) {}
KeyStore::KeyStore(Database& database, const Keyring& keyring, Entropy& entropy,
                   std::size_t most_bytes_of_lines)
    : database_(database),
      master_(keyring.master),
      entropy_(entropy),
      lines_(std::make_unique<LineMemory>(most_bytes_of_lines)) {}
KeyStore::~KeyStore() = default;

std::string_view name(WrappingUse use) noexcept {
  return use_names[static_cast<std::size_t>(use)];
}

std::span<const Migration> key_store_migrations() {
  return steps;
}

Bytes wrap_case_key(const WrappingKey& under, const CaseKey& key, Entropy& entropy) {
  return seal(under.key, key.key,
              context_of("minhu/case-key/v2", under.id.bytes(), key.case_id.bytes()),
              entropy.bytes<24>());
}

Key unwrap_case_key(const WrappingKey& under, CaseId id, BytesView wrapped) {
  return key_in(under.key, wrapped, context_of("minhu/case-key/v2", under.id.bytes(), id.bytes()),
                "the key of case " + id.text());
}

std::optional<Key> KeyStore::opened(RegionId region, WrappingKeyId id, Reading& reading) {
  {
    const std::lock_guard lock(mutex_);
    if (const auto found = open_.find(id); found != open_.end()) return found->second;
  }
  struct Stored {
    WrappingUse use;
    Bytes wrapped;
  };
  const auto stored = reading.first(
      "SELECT used_for, wrapped FROM wrapping_key WHERE region_id = ?1 AND wrapping_id = ?2",
      {param(region), param(id)}, [](const Row& row) {
        return Stored{
            row.text(0) == name(WrappingUse::epoch) ? WrappingUse::epoch : WrappingUse::intake,
            copy_of(row.bytes(1))};
      });
  if (!stored) return std::nullopt;
  const Key key =
      key_in(master_, stored->wrapped, place_of(stored->use, id), "the wrapping key " + id.text());
  const std::lock_guard lock(mutex_);
  open_.emplace(id, key);
  return key;
}

WrappingKey KeyStore::newest(RegionId region, WrappingUse use, Reading& reading) {
  const auto id = reading.first(
      "SELECT wrapping_id FROM wrapping_key WHERE region_id = ?1 AND used_for = ?2 "
      "ORDER BY serial DESC LIMIT 1",
      {param(region), name(use)}, [](const Row& row) { return row.id<WrappingKeyId>(0); });
  if (!id) return {};
  return {*id, opened(region, *id, reading).value()};
}

WrappingKey KeyStore::current(RegionId region, WrappingUse use) {
  const auto there = database_.read([&](Reading& reading) { return newest(region, use, reading); });
  return there.id.empty() ? renew(region, use, Instant{}) : there;
}

WrappingKey KeyStore::renew(RegionId region, WrappingUse use, Instant now) {
  const WrappingKey made{entropy_.id<WrappingKeyId>(now), entropy_.bytes<32>()};
  const Bytes wrapped = seal(master_, made.key, place_of(use, made.id), entropy_.bytes<24>());
  const Outcome kept = database_.write_job([&](Transaction& transaction) -> Outcome {
    const auto last = transaction.first(
        "SELECT serial FROM wrapping_key WHERE region_id = ?1 AND used_for = ?2 "
        "ORDER BY serial DESC LIMIT 1",
        {param(region), name(use)}, [](const Row& row) { return row.integer(0); });
    transaction.execute(
        "INSERT INTO wrapping_key(region_id, wrapping_id, used_for, serial, made_at, wrapped) "
        "VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        {param(region), param(made.id), name(use), last.value_or(-1) + 1, param(now),
         BytesView(wrapped)});
    return {};
  });
  if (!kept) throw StorageUnreachable("no key could be made for new cases: " + kept.error().key);
  const std::lock_guard lock(mutex_);
  open_.emplace(made.id, made.key);
  return made;
}

std::vector<KeyStore::Made> KeyStore::made(RegionId region, WrappingUse use) {
  return database_.read([&](Reading& reading) {
    return reading.all(
        "SELECT wrapping_id, made_at FROM wrapping_key WHERE region_id = ?1 AND used_for = ?2 "
        "ORDER BY serial",
        {param(region), name(use)},
        [](const Row& row) { return Made{row.id<WrappingKeyId>(0), row.instant(1)}; });
  });
}

std::optional<Key> KeyStore::wrapping_key(RegionId region, WrappingKeyId id) {
  {
    const std::lock_guard lock(mutex_);
    if (const auto found = open_.find(id); found != open_.end()) return found->second;
  }
  return database_.read([&](Reading& reading) { return opened(region, id, reading); });
}

void KeyStore::forget_destroyed(RegionId region) {
  std::vector<WrappingKeyId> held;
  {
    const std::lock_guard lock(mutex_);
    for (const auto& [id, key] : open_) held.push_back(id);
  }
  // Asked after they were held: one that is made meanwhile is not among them.
  std::vector<WrappingKeyId> there;
  for (const WrappingUse use : {WrappingUse::epoch, WrappingUse::intake}) {
    for (const Made& each : made(region, use)) there.push_back(each.id);
  }
  const std::lock_guard lock(mutex_);
  for (const WrappingKeyId id : held) {
    const auto found = open_.find(id);
    if (found == open_.end() || std::find(there.begin(), there.end(), id) != there.end()) continue;
    wipe(found->second);
    open_.erase(found);
  }
}

Outcome KeyStore::destroy_wrapping_key(RegionId region, WrappingKeyId id) {
  MINHU_CHECK_OK(database_.write_job([&](Transaction& transaction) -> Outcome {
    const auto in_use = transaction.first(
        "SELECT 1 FROM kept_key WHERE region_id = ?1 AND wrapping_id = ?2 LIMIT 1",
        {param(region), param(id)}, [](const Row&) { return true; });
    if (in_use) return fail(FaultCode::conflict, "seal.key_in_use");
    transaction.execute("DELETE FROM wrapping_key WHERE region_id = ?1 AND wrapping_id = ?2",
                        {param(region), param(id)});
    return {};
  }));
  const std::lock_guard lock(mutex_);
  if (const auto found = open_.find(id); found != open_.end()) {
    wipe(found->second);
    open_.erase(found);
  }
  return {};
}

std::optional<Key> KeyStore::find(RegionId region, CaseId id) {
  // Both in one view: between two, the key might be wrapped anew and the old one destroyed.
  return database_.read([&](Reading& reading) -> std::optional<Key> {
    struct Stored {
      WrappingKeyId under;
      Bytes wrapped;
    };
    const auto stored = reading.first(
        "SELECT wrapping_id, wrapped FROM kept_key WHERE region_id = ?1 AND case_id = ?2",
        {param(region), param(id)},
        [](const Row& row) { return Stored{row.id<WrappingKeyId>(0), copy_of(row.bytes(1))}; });
    if (!stored) return std::nullopt;
    const auto under = opened(region, stored->under, reading);
    if (!under) throw StorageFailure("the key store lacks a wrapping key of its own");
    return unwrap_case_key({stored->under, *under}, id, stored->wrapped);
  });
}

std::vector<CaseKey> KeyStore::find(RegionId region, std::span<const CaseId> ids) {
  if (ids.empty()) return {};
  // All in one view, as one alone.
  return database_.read([&](Reading& reading) {
    struct Stored {
      CaseId id;
      WrappingKeyId under;
      Bytes wrapped;
    };
    std::vector<CaseKey> keys;
    for_cases_at_once(region, ids, [&](const Parameters& these) {
      const auto stored = reading.all(
          "SELECT case_id, wrapping_id, wrapped FROM kept_key WHERE region_id = ?1 AND case_id "
          "IN " MINHU_CASES_AT_ONCE,
          these, [](const Row& row) {
            return Stored{row.id<CaseId>(0), row.id<WrappingKeyId>(1), copy_of(row.bytes(2))};
          });
      for (const Stored& each : stored) {
        const auto under = opened(region, each.under, reading);
        if (!under) throw StorageFailure("the key store lacks a wrapping key of its own");
        keys.push_back({each.id, unwrap_case_key({each.under, *under}, each.id, each.wrapped)});
      }
    });
    return keys;
  });
}

Outcome KeyStore::keep(RegionId region, std::span<const CaseKey> keys) {
  (void)current(region, WrappingUse::epoch);  // there is one
  return database_.write_job([&](Transaction& transaction) -> Outcome {
    const WrappingKey under = newest(region, WrappingUse::epoch, transaction);
    for (const CaseKey& key : keys) {
      const Bytes wrapped = wrap_case_key(under, key, entropy_);
      transaction.execute(
          "INSERT INTO kept_key(region_id, case_id, wrapping_id, wrapped) VALUES (?1, ?2, ?3, ?4) "
          "ON CONFLICT (region_id, case_id) DO NOTHING",
          {param(region), param(key.case_id), param(under.id), BytesView(wrapped)});
    }
    return {};
  });
}

Outcome KeyStore::destroy(RegionId region, std::span<const CaseId> ids) {
  lines_->forget(region, ids);
  return database_.write_job([&](Transaction& transaction) -> Outcome {
    for (const CaseId id : ids) {
      transaction.execute("DELETE FROM kept_key WHERE region_id = ?1 AND case_id = ?2",
                          {param(region), param(id)});
    }
    return {};
  });
}

Result<std::int64_t> KeyStore::wrap_anew(RegionId region, std::int64_t most) {
  const auto epochs = made(region, WrappingUse::epoch);
  return database_.write([&](Transaction& transaction) -> Result<std::int64_t> {
    const WrappingKey to = newest(region, WrappingUse::epoch, transaction);
    std::int64_t done = 0;
    for (const Made& epoch : epochs) {
      if (epoch.id == to.id || done == most) continue;
      const auto from = opened(region, epoch.id, transaction);
      if (!from) continue;
      struct Old {
        CaseId id;
        Bytes wrapped;
      };
      const auto old = transaction.all(
          "SELECT case_id, wrapped FROM kept_key WHERE region_id = ?1 AND wrapping_id = ?2 "
          "ORDER BY case_id LIMIT ?3",
          {param(region), param(epoch.id), most - done},
          [](const Row& row) { return Old{row.id<CaseId>(0), copy_of(row.bytes(1))}; });
      for (const Old& each : old) {
        const Key key = unwrap_case_key({epoch.id, *from}, each.id, each.wrapped);
        const Bytes wrapped = wrap_case_key(to, {each.id, key}, entropy_);
        transaction.execute(
            "UPDATE kept_key SET wrapping_id = ?3, wrapped = ?4 "
            "WHERE region_id = ?1 AND case_id = ?2",
            {param(region), param(each.id), param(to.id), BytesView(wrapped)});
      }
      done += static_cast<std::int64_t>(old.size());
    }
    return done;
  });
}

Uuid KeyStore::identity(RegionId region) {
  const auto find = [&](Reading& reading) {
    return reading.first("SELECT store_id FROM key_store WHERE region_id = ?1", {param(region)},
                         [](const Row& row) { return row.id<WrappingKeyId>(0).uuid(); });
  };
  if (const auto there = database_.read(find)) return *there;
  const Uuid made = entropy_.bytes<16>();
  const Outcome kept = database_.write_job([&](Transaction& transaction) -> Outcome {
    transaction.execute("INSERT INTO key_store(region_id, store_id) VALUES (?1, ?2)",
                        {param(region), BytesView(made)});
    return {};
  });
  if (!kept) throw StorageUnreachable("the key store could not be begun: " + kept.error().key);
  return made;
}

}  // namespace minhu::cases
