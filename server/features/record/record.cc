#include "features/record/record.h"

#include <algorithm>

#include "engines/merkle/promise.h"
#include "features/cases/reading.h"
#include "features/cases/store.h"
#include "features/record/chronicle_leaves.h"
#include "features/record/files.h"
#include "features/record/leaves.h"

namespace minhu::record {

namespace {

tl::unexpected<Fault> not_found() {
  return fail(FaultCode::not_found, "cases.not_found");
}

// Where the leaf stands in the tree; nothing while it waits for its batch.
std::optional<std::uint64_t> index_of(Reading& reading, RegionId region, const LeafRow& leaf) {
  const auto batch = batch_with(reading, region, leaf.position);
  if (!batch) return std::nullopt;
  const auto found = std::find(batch->entries.begin(), batch->entries.end(), leaf.entry);
  if (found == batch->entries.end()) return std::nullopt;
  return static_cast<std::uint64_t>(batch->first_index + (found - batch->entries.begin()));
}

struct PublishedTree {
  std::string note;
  merkle::TreeHead head;
};

std::optional<PublishedTree> published_in(const LogFiles& files) {
  const auto bytes = files.get(checkpoint_path);
  if (!bytes) return std::nullopt;
  PublishedTree published{to_text(*bytes), {}};
  const auto note = merkle::parse_note(published.note);
  if (!note) return std::nullopt;
  const auto checkpoint = merkle::parse_checkpoint(note->text);
  if (!checkpoint) return std::nullopt;
  published.head = checkpoint->head;
  return published;
}

std::optional<Instant> witnessed_at(const std::string& policy_text, const std::string& note) {
  const auto policy = merkle::parse_policy(policy_text);
  if (!policy) return std::nullopt;
  const auto accepted = merkle::accept_checkpoint(*policy, note);
  if (!accepted) return std::nullopt;
  const auto seconds = accepted->time();
  if (!seconds) return std::nullopt;
  return Instant{static_cast<std::int64_t>(*seconds) * 1000};
}

}  // namespace

Record::Record(const cases::Installation& installation, const LogFiles& files,
               const merkle::Signer* log, Identity identity)
    : installation_(&installation), files_(&files), log_(log), identity_(std::move(identity)) {}

std::string Record::checkpoint() const {
  const auto published = published_in(*files_);
  return published ? published->note : std::string();
}

Result<Receipt> Record::receipt_of(Reading& reading, const cases::Context& context,
                                   cases::CaseId id, std::int64_t seq) const {
  const RegionId region = context.county.region;
  const auto file = cases::load_file(reading, region, id);
  if (!file || context.actor.role != accounts::Role::speaker ||
      !cases::may_know(reading, context, *file)) {
    return not_found();
  }
  const auto history = cases::load_events(reading, region, id);
  if (seq < 0 || seq >= static_cast<std::int64_t>(history.size())) return not_found();
  const cases::Event& event = history[static_cast<std::size_t>(seq)];
  if (!cases::shown_to_speaker(event.kind)) return not_found();

  return receipt_of_step(reading, id.uuid(), seq, [&](BytesView previous, std::uint64_t seconds) {
    return opening_of(reading, region, context.keyring, event, previous, seconds);
  });
}

Result<Receipt> Record::public_receipt_of(Reading& reading,
                                          const state_machine::Chronicle& chronicle,
                                          const Uuid& subject, std::int64_t seq) const {
  MINHU_ASSERT(chronicle.is_public());
  const RegionId region = installation_->county.region;
  const auto events = chronicle.events_of(reading, region, subject);
  if (seq < 0 || seq >= static_cast<std::int64_t>(events.size())) {
    return fail(FaultCode::unavailable, "record.not_yet");
  }
  return receipt_of_step(reading, subject, seq, [&](BytesView previous, std::uint64_t seconds) {
    return opening_of(reading, region, installation_->keyring, chronicle,
                      events[static_cast<std::size_t>(seq)], previous, seconds);
  });
}

Result<Receipt> Record::receipt_of_step(
    Reading& reading, const Uuid& subject, std::int64_t seq,
    const std::function<merkle::Opening(BytesView previous, std::uint64_t seconds)>& opening_at)
    const {
  const RegionId region = installation_->county.region;
  const auto leaf = leaf_of_event(reading, region, subject, seq);
  if (!leaf) return fail(FaultCode::unavailable, "record.not_yet");
  const auto previous = leaf_of_event(reading, region, subject, seq - 1);
  const auto parsed = merkle::parse_leaf(leaf->entry);
  if (!parsed) return fail(FaultCode::unavailable, "record.does_not_fit");
  const merkle::Opening opening =
      opening_at(previous ? BytesView(previous->entry) : BytesView(), parsed->seconds);
  if (leaf_of(opening) != *parsed) return fail(FaultCode::unavailable, "record.does_not_fit");

  const auto published = published_in(*files_);
  const auto index = published ? index_of(reading, region, *leaf) : std::nullopt;
  if (!index || *index >= published->head.size) {
    MINHU_TRY(PromiseOfEvent promise, promise_of(*leaf));
    return Receipt(std::move(promise));
  }
  const merkle::Fetch fetch = fetch_from(*files_);
  merkle::TileReader tiles(published->head, fetch);
  merkle::LogProof proof{encode_opening(opening), *index, {}, published->note};
  MINHU_TRY(proof.path, merkle::make_inclusion_proof(tiles, *index, published->head.size));
  return Receipt(ProofOfEvent{Sealed<std::string>(merkle::format_log_proof(proof)), *index,
                              published->head, witnessed_at(identity_.policy, published->note)});
}

Result<PromiseOfEvent> Record::promise_of(Reading& reading, cases::CaseId id,
                                          std::int64_t seq) const {
  const auto leaf = leaf_of_event(reading, installation_->county.region, id.uuid(), seq);
  if (!leaf) return fail(FaultCode::unavailable, "record.not_yet");
  return promise_of(*leaf);
}

Result<PromiseOfEvent> Record::promise_of(const LeafRow& leaf) const {
  if (log_ == nullptr) return fail(FaultCode::unavailable, "record.not_yet");
  MINHU_TRY(const merkle::Leaf parsed, merkle::parse_leaf(leaf.entry));
  // From the leaf's own time, so that the same promise is made however often it is asked for.
  const std::uint64_t deadline = parsed.seconds + merkle::promised_within;
  const std::string text =
      merkle::format_promise({log_->name, merkle::leaf_hash(leaf.entry), parsed.seconds, deadline});
  return PromiseOfEvent{merkle::format_note({text, {sign_text(*log_, text)}}),
                        Instant{static_cast<std::int64_t>(deadline) * 1000}};
}

}  // namespace minhu::record
