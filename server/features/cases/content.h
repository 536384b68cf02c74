// The one place where words, answers, notes and attachments lie: sealed under a key of their case.
// Erasing the key and the rows of a case erases it everywhere, because nothing else keeps a
// person's raw words — events hold a ContentRef at most.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "features/cases/keyring.h"
#include "features/cases/kinds.h"
#include "ports/entropy.h"
#include "ports/storage.h"

namespace minhu::cases {

// What a piece of content is to its case; also says who may read it (cases/reading.h).
enum class ContentRole : std::uint8_t {
  words,          // what the speaker said, and what they added later
  contact,        // who they are and how to reach them: behind reveal()
  attachment,     // of the speaker
  public_answer,  // written for the speaker
  internal_note,  // for colleagues
  opinion,        // the formal handling opinion: request, facts, outcome, legal basis
  reason,         // why something was returned, extended, refused, reopened: the speaker reads it
  evidence,       // attachment of an office
};
std::string_view name(ContentRole) noexcept;
std::optional<ContentRole> content_role_named(std::string_view) noexcept;

// What an event keeps of a content: where it lies and a salted commitment to its bytes (HMAC under
// the case's key), which proves later that it was not changed and says nothing once the key is
// gone.
struct ContentRef {
  ContentId id;
  ContentRole role = ContentRole::words;
  Digest commitment{};
  bool operator==(const ContentRef&) const = default;
};

struct ContentInfo {
  ContentId id;
  ContentRole role = ContentRole::words;
  std::string media_type;
  std::int64_t size = 0;  // of the plain bytes
  Instant stored_at;
};

// The key of one case. Made by the worker before the write, so that sealing does not hold the
// writer.
struct CaseKey {
  CaseId case_id;
  Key key;
};
CaseKey make_case_key(CaseId id, Entropy& entropy);

// Sealed bytes on their way into the store.
struct SealedContent {
  ContentRef ref;
  std::string media_type;
  std::int64_t size = 0;
  Bytes sealed;
};
SealedContent seal_content(const CaseKey& key, ContentRole role, std::string_view media_type,
                           BytesView plain, Instant now, Entropy& entropy);

// In the transaction of the case: the key waits here, wrapped under the intake key of the day,
// until key_tending.h has it in the key store. So that taking in a case costs one commit and not
// two.
void store_case_key(Transaction& transaction, RegionId region, const CaseKey& key,
                    const Keyring& keyring, Entropy& entropy);
// Looks in both places. Fault gone "cases.erased" when the key has been destroyed.
Result<CaseKey> load_case_key(Reading& reading, RegionId region, CaseId id, const Keyring& keyring);
// Of many, each id once; those that have been destroyed are not among them.
std::map<CaseId, CaseKey> load_case_keys(Reading& reading, RegionId region,
                                         std::span<const CaseId> ids, const Keyring& keyring);

void store_content(Transaction& transaction, RegionId region, CaseId id,
                   const SealedContent& content, Instant now);
// Faults: not_found "cases.no_content", gone "cases.erased". A commitment that does not fit is
// StorageFailure.
Result<Bytes> read_content(Reading& reading, RegionId region, const CaseKey& key,
                           ContentId content);
// What was said when each of these cases was taken in (CaseFile::words), as read_content; cases
// without any, and those that have been erased, are not among them.
std::map<CaseId, Bytes> read_words(Reading& reading, RegionId region,
                                   const std::map<CaseId, CaseKey>& keys);
std::optional<ContentInfo> content_info(Reading& reading, RegionId region, CaseId id,
                                        ContentId content);
// Everything of the case, newest last.
std::vector<ContentInfo> list_content(Reading& reading, RegionId region, CaseId id);

// Destroys every content of the case and what this database holds of its key; from here on
// load_case_key says gone, and key_tending.h destroys what the key store holds. The caller has
// appended the event `erased` before, while the key could still be loaded.
void erase_content(Transaction& transaction, RegionId region, CaseId id);

}  // namespace minhu::cases
