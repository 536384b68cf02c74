#include "features/drafts/drafts.h"

#include <algorithm>

#include "features/drafts/draft_json.h"
#include "kernel/crypto.h"

namespace minhu::drafts {

namespace {

Digest id_of(const cases::Context& context, const Token& token) {
  return keyed_hash(context.keyring.draft, {as_bytes("draft id"), token.bytes()});
}
Key key_of(const cases::Context& context, const Token& token) {
  return keyed_hash(context.keyring.draft, {as_bytes("draft key"), token.bytes()});
}

constexpr std::string_view words_context = "draft";

Bytes attachment_context(AttachmentId id) {
  Bytes bytes = to_bytes("draft attachment");
  bytes.insert(bytes.end(), id.bytes().begin(), id.bytes().end());
  return bytes;
}

tl::unexpected<Fault> none() {
  return fail(FaultCode::not_found, "drafts.none");
}

void delete_attachments(Transaction& transaction, RegionId region, BytesView id) {
  transaction.execute("DELETE FROM draft_attachment WHERE region_id = ?1 AND draft_id = ?2",
                      {param(region), id});
}

}  // namespace

std::optional<Token> Token::parse(std::string_view text) {
  const auto bytes = from_base64url(text);
  std::array<std::uint8_t, 32> token{};
  if (!bytes || bytes->size() != token.size()) return std::nullopt;
  std::copy(bytes->begin(), bytes->end(), token.begin());
  return Token(token);
}

std::string Token::text() const {
  return to_base64url(bytes_);
}

Draft begin(Entropy& entropy, cases::Track track) {
  Draft draft;
  draft.filing = entropy.bytes<16>();
  draft.track = track;
  return draft;
}

Result<Draft> open(Reading& reading, const cases::Context& context, const Token& token) {
  const Digest id = id_of(context, token);
  const auto sealed = reading.first(
      "SELECT sealed FROM draft WHERE region_id = ?1 AND draft_id = ?2 AND expires_at > ?3",
      {param(context.county.region), BytesView(id), param(context.now)},
      [](const Row& row) { return Bytes(row.bytes(0).begin(), row.bytes(0).end()); });
  if (!sealed) return none();
  const auto plain = open_sealed(key_of(context, token), *sealed, as_bytes(words_context));
  if (!plain) return none();
  return draft_of(to_text(*plain));
}

void keep(Transaction& transaction, const cases::Context& context, const Token& token,
          const Draft& draft) {
  forget_expired(transaction, context.county.region, context.now);
  const Digest id = id_of(context, token);
  const Bytes sealed = seal(key_of(context, token), as_bytes(to_json(draft)),
                            as_bytes(words_context), context.entropy.bytes<24>());
  transaction.execute(
      "INSERT INTO draft(region_id, draft_id, expires_at, sealed) VALUES (?1, ?2, ?3, ?4) "
      "ON CONFLICT (region_id, draft_id) DO UPDATE SET expires_at = excluded.expires_at, "
      "sealed = excluded.sealed",
      {param(context.county.region), BytesView(id), context.now.unix_ms + kept_for_ms,
       BytesView(sealed)});
}

void discard(Transaction& transaction, const cases::Context& context, const Token& token) {
  const Digest id = id_of(context, token);
  delete_attachments(transaction, context.county.region, id);
  transaction.execute("DELETE FROM draft WHERE region_id = ?1 AND draft_id = ?2",
                      {param(context.county.region), BytesView(id)});
}

std::int64_t forget_expired(Transaction& transaction, RegionId region, Instant now) {
  transaction.execute(
      "DELETE FROM draft_attachment WHERE region_id = ?1 AND draft_id IN "
      "(SELECT draft_id FROM draft WHERE region_id = ?1 AND expires_at <= ?2)",
      {param(region), param(now)});
  return transaction.execute("DELETE FROM draft WHERE region_id = ?1 AND expires_at <= ?2",
                             {param(region), param(now)});
}

SealedAttachment seal_attachment(const cases::Context& context, const Token& token,
                                 const cases::NewAttachment& attachment) {
  const auto id = context.entropy.id<AttachmentId>(context.now);
  return {{id, attachment.media_type, static_cast<std::int64_t>(attachment.bytes.size())},
          seal(key_of(context, token), attachment.bytes, attachment_context(id),
               context.entropy.bytes<24>())};
}

Outcome add_attachment(Transaction& transaction, const cases::Context& context, const Token& token,
                       Draft& draft, const SealedAttachment& attachment) {
  if (draft.attachments.size() >= cases::most_attachments) {
    return fail(
        FaultCode::too_large, "cases.too_many_attachments", "attachments",
        std::map<std::string, std::string>{{"most", std::to_string(cases::most_attachments)}});
  }
  const Digest id = id_of(context, token);
  transaction.execute(
      "INSERT INTO draft_attachment(region_id, draft_id, attachment_id, sealed) "
      "VALUES (?1, ?2, ?3, ?4)",
      {param(context.county.region), BytesView(id), param(attachment.kept.id),
       BytesView(attachment.sealed)});
  draft.attachments.push_back(attachment.kept);
  return {};
}

void remove_attachment(Transaction& transaction, const cases::Context& context, const Token& token,
                       Draft& draft, AttachmentId id) {
  const Digest draft_id = id_of(context, token);
  transaction.execute(
      "DELETE FROM draft_attachment WHERE region_id = ?1 AND draft_id = ?2 AND attachment_id = ?3",
      {param(context.county.region), BytesView(draft_id), param(id)});
  std::erase_if(draft.attachments, [&](const KeptAttachment& kept) { return kept.id == id; });
}

Result<cases::NewAttachment> read_attachment(Reading& reading, const cases::Context& context,
                                             const Token& token, const Draft& draft,
                                             AttachmentId id) {
  const auto kept = std::find_if(draft.attachments.begin(), draft.attachments.end(),
                                 [&](const KeptAttachment& one) { return one.id == id; });
  if (kept == draft.attachments.end()) return none();
  const Digest draft_id = id_of(context, token);
  const auto sealed = reading.first(
      "SELECT sealed FROM draft_attachment "
      "WHERE region_id = ?1 AND draft_id = ?2 AND attachment_id = ?3",
      {param(context.county.region), BytesView(draft_id), param(id)},
      [](const Row& row) { return Bytes(row.bytes(0).begin(), row.bytes(0).end()); });
  if (!sealed) return none();
  MINHU_TRY(Bytes bytes, open_sealed(key_of(context, token), *sealed, attachment_context(id)));
  return cases::NewAttachment{kept->media_type, std::move(bytes)};
}

Result<cases::Words> words_of(Reading& reading, const cases::Context& context, const Token& token,
                              const Draft& draft) {
  cases::Words words;
  words.token = draft.filing;
  words.track = draft.track;
  words.text = draft.text;
  words.place = draft.place;
  words.place_words = draft.place_words;
  words.contact = draft.contact;
  words.identity_level = draft.identity_level;
  words.may_be_called = draft.may_be_called;
  for (const KeptAttachment& kept : draft.attachments) {
    MINHU_TRY(cases::NewAttachment attachment,
              read_attachment(reading, context, token, draft, kept.id));
    words.attachments.push_back(std::move(attachment));
  }
  return words;
}

Result<cases::Receipt> file(Transaction& transaction, const cases::Context& context,
                            const Token& token, const cases::PreparedWords& words) {
  MINHU_TRY(cases::Receipt receipt, cases::receive(transaction, context, words));
  const auto before = open(transaction, context, token);
  Draft left;
  if (before) left.filing = before->filing;
  left.filed = Filed{receipt.number, receipt.query_code, context.now};
  delete_attachments(transaction, context.county.region, id_of(context, token));
  keep(transaction, context, token, left);
  return receipt;
}

}  // namespace minhu::drafts
