#include "features/cases/content.h"

#include <cstring>
#include <set>

#include "features/cases/intake_key.h"
#include "features/cases/key_store.h"
#include "features/cases/together.h"
#include "kernel/assert.h"
#include "kernel/enum_names.h"

namespace minhu::cases {

namespace {

// A blob above this is cut into pieces, so that one big file never makes the writer hold one big
// statement.
constexpr std::size_t piece_size = std::size_t{256} * 1024;

// Binds a ciphertext to its place: table and column, what it is to its case, case and content.
// Moved anywhere else, or passed off as words where it is a contact, it no longer opens.
Bytes place_of(CaseId id, ContentId content, ContentRole role) {
  Bytes place = to_bytes("minhu/content.sealed/v2/");
  for (const BytesView part : {as_bytes(name(role)), id.bytes(), content.bytes()}) {
    place.insert(place.end(), part.begin(), part.end());
  }
  return place;
}

// What contents were bound to before: case and content alone.
Bytes first_place_of(CaseId id, ContentId content) {
  Bytes place(id.bytes().begin(), id.bytes().end());
  place.insert(place.end(), content.bytes().begin(), content.bytes().end());
  return place;
}

Digest commit_to(const CaseKey& key, ContentId content, BytesView plain) {
  const Digest salt = keyed_hash(key.key, {as_bytes("minhu/content-salt/v1"), content.bytes()});
  return hmac_sha256(salt, plain);
}

}  // namespace

MINHU_ENUM_NAMES(ContentRole, evidence, "words", "contact", "attachment", "public_answer",
                 "internal_note", "opinion", "reason", "evidence")

std::optional<ContentRole> content_role_named(std::string_view text) noexcept {
  return ContentRole_names.named(text);
}

CaseKey make_case_key(CaseId id, Entropy& entropy) {
  return {id, entropy.bytes<32>()};
}

SealedContent seal_content(const CaseKey& key, ContentRole role, std::string_view media_type,
                           BytesView plain, Instant now, Entropy& entropy) {
  const auto id = entropy.id<ContentId>(now);
  return {{id, role, commit_to(key, id, plain)},
          std::string(media_type),
          static_cast<std::int64_t>(plain.size()),
          seal(key.key, plain, place_of(key.case_id, id, role), entropy.bytes<24>())};
}

void store_case_key(Transaction& transaction, RegionId region, const CaseKey& key,
                    const Keyring& keyring, Entropy& entropy) {
  MINHU_ASSERT(keyring.store != nullptr);
  const WrappingKey under = intake_key(transaction, region, *keyring.store);
  const Bytes wrapped = wrap_case_key(under, key, entropy);
  transaction.execute(
      "INSERT INTO case_key(region_id, case_id, wrapped, wrapping_id) VALUES (?1, ?2, ?3, ?4)",
      {param(region), param(key.case_id), BytesView(wrapped), param(under.id)});
}

namespace {

// Before the key store there was one wrapping key for all, for ever.
Key unwrapped_by_root(const Keyring& keyring, CaseId id, BytesView wrapped) {
  Bytes context = to_bytes("minhu/case-key/v1");
  context.insert(context.end(), id.bytes().begin(), id.bytes().end());
  const auto plain = open_sealed(keyring.wrapping, wrapped, context);
  Key key{};
  if (!plain || plain->size() != key.size()) {
    throw StorageFailure("the key of case " + id.text() +
                         " does not open: is this the key file of this database?");
  }
  std::memcpy(key.data(), plain->data(), key.size());
  return key;
}

struct WaitingKey {
  Bytes wrapped;
  WrappingKeyId under;
};
WaitingKey waiting_key_of(const Row& row) {
  return {Bytes(row.bytes(0).begin(), row.bytes(0).end()), row.id<WrappingKeyId>(1)};
}

// Nothing in a database from an old copy: what was moved since is in the store.
std::optional<Key> opened(const Keyring& keyring, RegionId region, CaseId id,
                          const WaitingKey& waits) {
  if (waits.under.empty()) return unwrapped_by_root(keyring, id, waits.wrapped);
  const auto under = keyring.store->wrapping_key(region, waits.under);
  if (!under) return std::nullopt;
  return unwrap_case_key({waits.under, *under}, id, waits.wrapped);
}

}  // namespace

Result<CaseKey> load_case_key(Reading& reading, RegionId region, CaseId id,
                              const Keyring& keyring) {
  MINHU_ASSERT(keyring.store != nullptr);
  // Here first: what is not here any more is there already, because it went there before.
  const auto waits = reading.first(
      "SELECT wrapped, wrapping_id FROM case_key WHERE region_id = ?1 AND case_id = ?2",
      {param(region), param(id)}, waiting_key_of);
  if (waits) {
    if (const auto key = opened(keyring, region, id, *waits)) return CaseKey{id, *key};
  }
  const auto erased =
      reading.first("SELECT 1 FROM erased_key WHERE region_id = ?1 AND case_id = ?2",
                    {param(region), param(id)}, [](const Row&) { return true; });
  if (!erased) {
    if (const auto kept = keyring.store->find(region, id)) return CaseKey{id, *kept};
  }
  return fail(FaultCode::gone, "cases.erased");
}

std::map<CaseId, CaseKey> load_case_keys(Reading& reading, RegionId region,
                                         std::span<const CaseId> ids, const Keyring& keyring) {
  MINHU_ASSERT(keyring.store != nullptr);
  std::map<CaseId, CaseKey> keys;
  std::set<CaseId> erased;
  for_cases_at_once(region, ids, [&](const Parameters& these) {
    reading.query(
        "SELECT wrapped, wrapping_id, case_id FROM case_key WHERE region_id = ?1 AND case_id "
        "IN " MINHU_CASES_AT_ONCE,
        these, [&](const Row& row) {
          const auto id = row.id<CaseId>(2);
          if (const auto key = opened(keyring, region, id, waiting_key_of(row))) {
            keys.insert_or_assign(id, CaseKey{id, *key});
          }
        });
    reading.query(
        "SELECT case_id FROM erased_key WHERE region_id = ?1 AND case_id IN " MINHU_CASES_AT_ONCE,
        these, [&](const Row& row) { erased.insert(row.id<CaseId>(0)); });
  });
  std::vector<CaseId> moved;
  for (const CaseId id : ids) {
    if (!keys.contains(id) && !erased.contains(id)) moved.push_back(id);
  }
  for (const CaseKey& key : keyring.store->find(region, moved)) {
    keys.insert_or_assign(key.case_id, key);
  }
  return keys;
}

void store_content(Transaction& transaction, RegionId region, CaseId id,
                   const SealedContent& content, Instant now) {
  const BytesView sealed = content.sealed;
  const bool whole = sealed.size() <= piece_size;
  transaction.execute(
      "INSERT INTO content(region_id, case_id, content_id, role, media_type, size, stored_at, "
      "commitment, sealed) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
      {param(region), param(id), param(content.ref.id), name(content.ref.role),
       std::string_view(content.media_type), content.size, param(now),
       BytesView(content.ref.commitment), whole ? Parameter(sealed) : Parameter()});
  if (whole) return;
  for (std::size_t at = 0; at < sealed.size(); at += piece_size) {
    transaction.execute(
        "INSERT INTO content_piece(region_id, case_id, content_id, piece, sealed) "
        "VALUES (?1, ?2, ?3, ?4, ?5)",
        {param(region), param(id), param(content.ref.id),
         static_cast<std::int64_t>(at / piece_size),
         sealed.subspan(at, std::min(piece_size, sealed.size() - at))});
  }
}

namespace {

struct Stored {
  Bytes sealed;
  Bytes commitment;
  bool in_pieces;
  ContentRole role;
};
Stored stored_of(const Row& row) {
  return {Bytes(row.bytes(0).begin(), row.bytes(0).end()),
          Bytes(row.bytes(1).begin(), row.bytes(1).end()), row.is_null(0),
          content_role_named(row.text(2)).value_or(ContentRole::evidence)};
}

Bytes opened(const CaseKey& key, ContentId content, const Stored& stored) {
  auto plain = open_sealed(key.key, stored.sealed, place_of(key.case_id, content, stored.role));
  if (!plain) plain = open_sealed(key.key, stored.sealed, first_place_of(key.case_id, content));
  if (!plain || !equal_in_constant_time(commit_to(key, content, *plain), stored.commitment)) {
    throw StorageFailure("content " + content.text() + " has been changed outside the program");
  }
  return std::move(*plain);
}

}  // namespace

Result<Bytes> read_content(Reading& reading, RegionId region, const CaseKey& key,
                           ContentId content) {
  auto stored = reading.first(
      "SELECT sealed, commitment, role FROM content "
      "WHERE region_id = ?1 AND case_id = ?2 AND content_id = ?3",
      {param(region), param(key.case_id), param(content)}, stored_of);
  if (!stored) return fail(FaultCode::not_found, "cases.no_content");
  if (stored->in_pieces) {
    reading.query(
        "SELECT sealed FROM content_piece "
        "WHERE region_id = ?1 AND case_id = ?2 AND content_id = ?3 ORDER BY piece",
        {param(region), param(key.case_id), param(content)}, [&](const Row& row) {
          stored->sealed.insert(stored->sealed.end(), row.bytes(0).begin(), row.bytes(0).end());
        });
  }
  return opened(key, content, *stored);
}

std::map<CaseId, Bytes> read_words(Reading& reading, RegionId region,
                                   const std::map<CaseId, CaseKey>& keys) {
  std::vector<CaseId> ids;
  for (const auto& [id, key] : keys) ids.push_back(id);
  std::map<CaseId, Bytes> words;
  std::vector<std::pair<CaseId, ContentId>> in_pieces;
  for_cases_at_once(region, ids, [&](const Parameters& these) {
    reading.query(
        "SELECT c.sealed, c.commitment, c.role, f.case_id, f.words FROM case_file AS f "
        "JOIN content AS c ON c.region_id = f.region_id AND c.case_id = f.case_id "
        "AND c.content_id = f.words "
        "WHERE f.region_id = ?1 AND f.case_id IN " MINHU_CASES_AT_ONCE,
        these, [&](const Row& row) {
          const auto id = row.id<CaseId>(3);
          const auto content = row.id<ContentId>(4);
          const Stored stored = stored_of(row);
          if (stored.in_pieces) {
            in_pieces.emplace_back(id, content);
          } else {
            words.emplace(id, opened(keys.at(id), content, stored));
          }
        });
  });
  for (const auto& [id, content] : in_pieces) {
    if (auto whole = read_content(reading, region, keys.at(id), content)) {
      words.emplace(id, std::move(*whole));
    }
  }
  return words;
}

namespace {

ContentInfo info_of(const Row& row) {
  return {row.id<ContentId>(0), content_role_named(row.text(1)).value_or(ContentRole::evidence),
          std::string(row.text(2)), row.integer(3), row.instant(4)};
}

}  // namespace

std::optional<ContentInfo> content_info(Reading& reading, RegionId region, CaseId id,
                                        ContentId content) {
  return reading.first(
      "SELECT content_id, role, media_type, size, stored_at FROM content "
      "WHERE region_id = ?1 AND case_id = ?2 AND content_id = ?3",
      {param(region), param(id), param(content)}, info_of);
}

std::vector<ContentInfo> list_content(Reading& reading, RegionId region, CaseId id) {
  return reading.all(
      "SELECT content_id, role, media_type, size, stored_at FROM content "
      "WHERE region_id = ?1 AND case_id = ?2 ORDER BY content_id",
      {param(region), param(id)}, info_of);
}

void erase_content(Transaction& transaction, RegionId region, CaseId id) {
  for (const std::string_view sql : {
           "DELETE FROM content_piece WHERE region_id = ?1 AND case_id = ?2",
           "DELETE FROM content WHERE region_id = ?1 AND case_id = ?2",
           "DELETE FROM case_key WHERE region_id = ?1 AND case_id = ?2",
           "INSERT INTO erased_key(region_id, case_id) VALUES (?1, ?2)",
       }) {
    transaction.execute(sql, {param(region), param(id)});
  }
}

}  // namespace minhu::cases
