// What a person has begun to say and not yet filed, page by page, on phones without JavaScript.
//
// A draft belongs to whoever holds its token (256 random bits in a cookie). Its words and photos
// are sealed under a key made of that token and Keyring::draft: the database and the key file
// together open nothing without it. It is forgotten 24 hours after the last change, and its words
// go the moment they are filed.
//
// After filing, one thing stays under the same token: the receipt. The answer to a request that was
// sent twice, or whose response was lost in a tunnel, is the receipt of the first one.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "features/cases/context.h"
#include "features/cases/receive.h"
#include "ports/storage.h"

namespace minhu::drafts {

using AttachmentId = Id<struct DraftAttachmentTag>;

// Known to the person's browser alone.
class Token {
 public:
  static Token make(Entropy& entropy) { return Token(entropy.bytes<32>()); }
  static std::optional<Token> parse(std::string_view text);  // 43 characters of base64url
  std::string text() const;
  BytesView bytes() const noexcept { return bytes_; }

 private:
  explicit Token(const std::array<std::uint8_t, 32>& bytes) : bytes_(bytes) {}
  std::array<std::uint8_t, 32> bytes_{};
};

struct KeptAttachment {
  AttachmentId id;
  std::string media_type;
  std::int64_t size = 0;
};

struct Filed {
  std::string number;
  Sealed<std::string> query_code;
  Instant at;
};

struct Draft {
  cases::ClientToken filing{};  // what it will be filed under, however often the button is tapped
  cases::Track track = cases::Track::petition;
  std::string text;
  std::string place;  // code, or empty
  std::string place_words;
  std::optional<Sealed<cases::Contact>> contact;
  std::optional<cases::IdentityLevel> identity_level;  // nothing: they have not been asked yet
  bool may_be_called = false;
  std::string same_class;  // id of the published class that the speaker says it is, or empty
  std::vector<KeptAttachment> attachments;
  std::vector<std::string> forms_taken;  // one-time tokens of the forms whose files are in here
  std::optional<Filed> filed;            // then everything else is empty
};
Draft begin(Entropy& entropy, cases::Track track);

// Fault not_found drafts.none: never begun, forgotten, or another's.
Result<Draft> open(Reading& reading, const cases::Context& context, const Token& token);
// Writes it, and forgets drafts of others whose time is over.
void keep(Transaction& transaction, const cases::Context& context, const Token& token,
          const Draft& draft);
void discard(Transaction& transaction, const cases::Context& context, const Token& token);
// Gives how many went.
std::int64_t forget_expired(Transaction& transaction, RegionId region, Instant now);

// Sealing is slow and done before the write.
struct SealedAttachment {
  KeptAttachment kept;
  Bytes sealed;
};
SealedAttachment seal_attachment(const cases::Context& context, const Token& token,
                                 const cases::NewAttachment& attachment);
// Fault too_large cases.too_many_attachments. The caller keeps the draft afterwards.
Outcome add_attachment(Transaction& transaction, const cases::Context& context, const Token& token,
                       Draft& draft, const SealedAttachment& attachment);
void remove_attachment(Transaction& transaction, const cases::Context& context, const Token& token,
                       Draft& draft, AttachmentId id);
// Fault not_found drafts.none.
Result<cases::NewAttachment> read_attachment(Reading& reading, const cases::Context& context,
                                             const Token& token, const Draft& draft,
                                             AttachmentId id);

// Everything in it as words to be filed.
Result<cases::Words> words_of(Reading& reading, const cases::Context& context, const Token& token,
                              const Draft& draft);
// Files what was prepared from it; what is left of the draft is its receipt.
Result<cases::Receipt> file(Transaction& transaction, const cases::Context& context,
                            const Token& token, const cases::PreparedWords& words);

inline constexpr std::int64_t kept_for_ms = 24 * 3'600'000;

}  // namespace minhu::drafts
