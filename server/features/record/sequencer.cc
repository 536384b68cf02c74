#include "features/record/sequencer.h"

#include <algorithm>
#include <array>

#include "features/record/files.h"
#include "features/record/restore.h"
#include "kernel/assert.h"

namespace minhu::record {

namespace {

constexpr std::int64_t pause_ms = 2000;  // before what did not work is tried again
// A leaf's time must lie between those of the checkpoints around it; half of what clocks may differ
// by (merkle::clock_tolerance) is left to the clocks.
constexpr std::int64_t longest_wait_ms = 60'000;

// What no later try can mend: somebody has to look first.
bool is_final(const Fault& fault) {
  for (const char* key :
       {"merkle.record_rolled_back", "merkle.record_forked", "record.another_sequencer",
        "record.another_origin", "record.another_key", "record.batches_do_not_fit"}) {
    if (fault.key == key) return true;
  }
  return false;
}

// A key of the same name that is another one: copied from the wrong place, or made anew.
bool is_signed_by(const merkle::VerifierKey& log, const std::string& note) {
  if (note.empty()) return true;
  const auto parsed = merkle::parse_note(note);
  if (!parsed) return false;
  const auto good = merkle::check_signatures(*parsed, std::span(&log, 1));
  return good && !good->empty();
}

Result<std::uint64_t> last_seconds_of(const Batch& batch) {
  if (batch.entries.empty()) return fail(FaultCode::conflict, "record.leaves_changed");
  MINHU_TRY(const merkle::Leaf leaf, merkle::parse_leaf(batch.entries.back()));
  return leaf.seconds;
}

}  // namespace

void Sequencer::run_once(const std::function<bool()>& stopping) {
  if (is_stopped_ || now() < not_before_) return;
  const Outcome done = work(stopping);
  if (!done) {
    is_stopped_ = is_final(done.error());
    not_before_ = {now().unix_ms + pause_ms};
  }
  tell(done);
}

Outcome Sequencer::work(const std::function<bool()>& stopping) {
  if (!has_begun_) MINHU_CHECK_OK(begin());
  MINHU_CHECK_OK(take_in(stopping));
  if (stopping && stopping()) return {};
  return publish();
}

Standing Sequencer::standing() const {
  const std::lock_guard lock(mutex_);
  return standing_;
}

void Sequencer::tell(const Outcome& done) {
  const std::lock_guard lock(mutex_);
  standing_.signed_size = head_.tree.size;
  standing_.published_size = published_.size;
  standing_.published_at = published_.at;
  if (done) {
    standing_.going = Going::well;
    standing_.why.reset();
    standing_.since.reset();
    return;
  }
  if (!standing_.since) standing_.since = now();
  standing_.why = done.error();
  standing_.going = is_stopped_ ? Going::stopped : has_begun_ ? Going::waiting : Going::starting;
}

// ---- at the start

Outcome Sequencer::begin() {
  MINHU_CHECK_OK(parts_.database.write_job([&](Transaction& transaction) -> Outcome {
    begin_head(transaction, parts_.region, parts_.log.name);
    return {};
  }));
  const auto head =
      parts_.database.read([&](Reading& reading) { return find_head(reading, parts_.region); });
  MINHU_ASSERT(head.has_value());
  head_ = *head;
  if (head_.origin != parts_.log.name) {
    return fail(
        FaultCode::conflict, "record.another_origin", "origin",
        std::map<std::string, std::string>{{"ours", head_.origin}, {"theirs", parts_.log.name}});
  }
  if (!is_signed_by(parts_.log.verifier(), head_.note)) {
    return fail(FaultCode::conflict, "record.another_key");
  }
  if (!all_are_there(parts_.files, head_.tree.size)) {
    MINHU_TRY(const auto restored,
              restore_files(parts_.database, parts_.region, head_.tree, parts_.files));
    static_cast<void>(restored);
  }
  MINHU_CHECK_OK(find_builder());
  MINHU_CHECK_OK(may_sign());
  has_begun_ = true;
  return {};
}

Outcome Sequencer::find_builder() {
  const merkle::Fetch fetch = fetch_from(parts_.files);
  auto builder = merkle::TreeBuilder::resume(head_.tree, fetch);
  if (!builder) {
    // Somebody's hand has been at the files: what the batches say is what was signed.
    MINHU_CHECK_OK(restore_files(parts_.database, parts_.region, head_.tree, parts_.files));
    builder = merkle::TreeBuilder::resume(head_.tree, fetch);
  }
  MINHU_TRY(builder_, std::move(builder));
  return {};
}

// Nothing is signed before everybody who could know better was asked: what we published, and as
// many witnesses as it takes to publish anything at all.
Outcome Sequencer::may_sign() {
  std::vector<merkle::SeenElsewhere> seen;
  if (const auto own = parts_.files.get(checkpoint_path)) {
    seen.push_back({checkpoint_path, to_text(*own)});
    const auto note = merkle::parse_note(to_text(*own));
    const auto checkpoint =
        note ? merkle::parse_checkpoint(note->text) : tl::unexpected<Fault>(note.error());
    if (checkpoint && checkpoint->origin == parts_.log.name) {
      published_.size = checkpoint->head.size;
    }
  }
  std::vector<std::string> addresses;
  std::vector<std::size_t> asked;
  const auto& witnesses = parts_.policy.witnesses;
  for (std::size_t i = 0; i < witnesses.size(); ++i) {
    if (witnesses[i].address.empty()) continue;
    addresses.push_back(witnesses[i].address);
    asked.push_back(i);
  }
  std::vector<std::string> answered;
  const auto replies = parts_.witnesses.latest(addresses, parts_.log.name);
  for (std::size_t i = 0; i < std::min(replies.size(), asked.size()); ++i) {
    constexpr int found = 200;
    constexpr int never_seen = 404;
    const auto& witness = witnesses[asked[i]];
    if (replies[i].status == never_seen) size_at_[asked[i]] = 0;
    if (replies[i].status == never_seen) answered.push_back(witness.name);
    if (replies[i].status != found) continue;
    const auto note = merkle::parse_note(replies[i].body);
    const auto checkpoint =
        note ? merkle::parse_checkpoint(note->text) : tl::unexpected<Fault>(note.error());
    if (!checkpoint) continue;
    answered.push_back(witness.name);
    size_at_[asked[i]] = checkpoint->head.size;
    seen.push_back({witness.name, replies[i].body});
  }
  const merkle::Fetch fetch = fetch_from(parts_.files);
  merkle::TileReader reader(head_.tree, fetch);
  MINHU_CHECK_OK(merkle::check_may_sign(head_.tree, reader, parts_.log.verifier(), seen));
  if (parts_.policy.quorum != "none" && !parts_.policy.is_quorum(answered)) {
    return fail(FaultCode::unavailable, "record.witnesses_silent");
  }
  return {};
}

// ---- growing

// A checkpoint is published only when it holds everything that was written down more than a moment
// ago: a leaf that came into a later one would look as if it had been dated back.
bool Sequencer::older_leaf_waits() const {
  const auto waiting = parts_.database.read([&](Reading& reading) {
    return leaves_from(reading, parts_.region, head_.next_position, 1);
  });
  if (waiting.empty()) return false;
  const auto leaf = merkle::parse_leaf(waiting.front().entry);
  return leaf && static_cast<std::int64_t>(leaf->seconds) * 1000 + longest_wait_ms < now().unix_ms;
}

Outcome Sequencer::take_in(const std::function<bool()>& stopping) {
  for (;;) {
    auto waiting = parts_.database.read([&](Reading& reading) {
      return leaves_from(reading, parts_.region, head_.next_position,
                         static_cast<std::int64_t>(merkle::largest_batch));
    });
    if (waiting.empty()) return {};
    const bool may_be_more = waiting.size() == merkle::largest_batch;
    MINHU_TRY(const Batch batch, next_batch(std::move(waiting)));
    MINHU_CHECK_OK(grow(batch));
    if (!may_be_more && !older_leaf_waits()) return {};
    if (stopping && stopping()) return {};
  }
}

// The batch that begins at the head: one that a crash left behind, or a new one, kept before
// anything of it is written elsewhere.
Result<Batch> Sequencer::next_batch(std::vector<LeafRow> waiting) {
  const auto first_index = static_cast<std::int64_t>(head_.tree.size);
  if (auto left_behind = parts_.database.read(
          [&](Reading& reading) { return batch_at(reading, parts_.region, first_index); })) {
    return std::move(*left_behind);
  }
  std::vector<merkle::Leaf> leaves;
  for (const LeafRow& row : waiting) {
    auto leaf = merkle::parse_leaf(row.entry);
    if (!leaf || row.position != head_.next_position + static_cast<std::int64_t>(leaves.size())) {
      return fail(FaultCode::conflict, "record.leaves_changed");
    }
    leaves.push_back(*leaf);
  }
  Batch batch;
  batch.first_index = first_index;
  batch.first_position = head_.next_position;
  batch.leaves = static_cast<std::int64_t>(leaves.size());
  batch.made_at = now();
  MINHU_TRY(batch.entries,
            merkle::compose_batch(leaves, head_.last_seconds, [&](std::span<std::uint8_t> bytes) {
              parts_.entropy.fill(bytes);
            }));
  const Outcome kept = parts_.database.write_job(
      [&](Transaction& transaction) { return insert_batch(transaction, parts_.region, batch); });
  if (!kept && kept.error().code == FaultCode::conflict) {
    return fail(FaultCode::conflict, "record.another_sequencer");
  }
  MINHU_CHECK_OK(kept);
  return batch;
}

Outcome Sequencer::grow(const Batch& batch) {
  MINHU_TRY(merkle::Round round,
            merkle::Round::begin(builder_, parts_.log, batch.entries, parts_.second));
  std::vector<NamedBytes> files;
  for (const merkle::LogFile& file : round.files()) {
    files.push_back({merkle::path_of(file.id), file.bytes});
  }
  MINHU_CHECK_OK(parts_.files.put_all(files));
  round.files_are_durable();
  const auto& swap = round.head_swap();
  MINHU_TRY(const std::uint64_t last_seconds, last_seconds_of(batch));
  Head after{head_.origin, swap.after, batch.first_position + batch.leaves, last_seconds,
             swap.note};
  MINHU_CHECK_OK(parts_.database.write_job([&](Transaction& transaction) {
    return replace_head(transaction, parts_.region, swap.before, after);
  }));
  round.head_is_swapped();
  builder_ = round.builder();
  head_ = std::move(after);
  round_.emplace(std::move(round));
  cosigned_.clear();
  return {};
}

}  // namespace minhu::record
