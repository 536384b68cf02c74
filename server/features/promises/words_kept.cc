#include "features/promises/words_kept.h"

#include "features/cases/said.h"

namespace minhu::promises {

cases::CaseId home_of_the_county(RegionId region) {
  const Digest digest = sha256(as_bytes("minhu/promises/v1/" + std::to_string(region.value)));
  return cases::CaseId::from_bytes(BytesView(digest).first(Uuid().size()));
}

cases::CaseId home_of(RegionId region, const Promise& promise) {
  return promise.case_id.empty() ? home_of_the_county(region) : promise.case_id;
}

Result<Keeper> Keeper::open(Transaction& transaction, const cases::Context& context,
                            cases::CaseId home) {
  const RegionId region = context.county.region;
  auto key = cases::load_case_key(transaction, region, home, context.keyring);
  if (!key && home == home_of_the_county(region)) {
    // The first promise of the county: nothing ever erases this key.
    const cases::CaseKey made = cases::make_case_key(home, context.entropy);
    cases::store_case_key(transaction, region, made, context.keyring, context.entropy);
    return Keeper(transaction, context, made);
  }
  if (!key) return tl::unexpected<Fault>(key.error());
  return Keeper(transaction, context, std::move(*key));
}

Kept Keeper::keep(cases::ContentRole role, std::string_view text) {
  const auto content = cases::seal_content(key_, role, cases::plain_type, as_bytes(text),
                                           context_->now, context_->entropy);
  cases::store_content(*transaction_, context_->county.region, key_.case_id, content,
                       context_->now);
  return {content.ref.id, to_hex(content.ref.commitment)};
}

cases::ContentId Keeper::keep(const cases::NewAttachment& attachment) {
  const auto content =
      cases::seal_content(key_, cases::ContentRole::evidence, attachment.media_type,
                          attachment.bytes, context_->now, context_->entropy);
  cases::store_content(*transaction_, context_->county.region, key_.case_id, content,
                       context_->now);
  return content.ref.id;
}

std::optional<std::string> read_words(Reading& reading, const cases::Context& context,
                                      const Promise& promise, const Kept& kept) {
  if (kept.empty()) return std::nullopt;
  const RegionId region = context.county.region;
  const auto key = cases::load_case_key(reading, region, home_of(region, promise), context.keyring);
  if (!key) return std::nullopt;
  const auto bytes = cases::read_content(reading, region, *key, kept.id);
  if (!bytes) return std::nullopt;
  return to_text(*bytes);
}

std::optional<cases::ContentInfo> evidence_info(Reading& reading, RegionId region,
                                                const Promise& promise, cases::ContentId id) {
  return cases::content_info(reading, region, home_of(region, promise), id);
}

Result<Bytes> read_evidence(Reading& reading, const cases::Context& context, const Promise& promise,
                            cases::ContentId id) {
  const RegionId region = context.county.region;
  MINHU_TRY(const cases::CaseKey key,
            cases::load_case_key(reading, region, home_of(region, promise), context.keyring));
  return cases::read_content(reading, region, key, id);
}

}  // namespace minhu::promises
