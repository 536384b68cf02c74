// The second half of the sequencer: the witnesses are asked, and what a quorum of them has seen is
// published.
#include <algorithm>
#include <string>

#include "engines/merkle/lines.h"
#include "engines/merkle/witness.h"
#include "features/record/files.h"
#include "features/record/sequencer.h"

namespace minhu::record {

namespace {

constexpr int cosigned = static_cast<int>(merkle::WitnessStatus::cosigned);
constexpr int conflict = static_cast<int>(merkle::WitnessStatus::conflict);
constexpr int not_proved = static_cast<int>(merkle::WitnessStatus::not_proved);

constexpr std::int64_t away_ms = 15'000;

std::optional<std::uint64_t> size_in(std::string_view body) {
  const auto line = merkle::take_line(body);
  return line ? merkle::parse_decimal(*line) : std::nullopt;
}

}  // namespace

Outcome Sequencer::publish() {
  if (head_.tree.size <= published_.size || older_leaf_waits()) return {};
  begin_round_of_head();
  MINHU_CHECK_OK(ask_witnesses());
  MINHU_TRY(const std::string note, round_->publishable(parts_.policy));
  const Instant at = now();
  std::vector<PublishedNote> notes{{head_.tree.size, at, note}};
  if (parts_.tells_others) {
    // Before our own files: a server that has slept and lost its turn is refused here, and puts no
    // older checkpoint in the place of a newer one. Then as the others do, from the rows: what a
    // full disk kept out of our files an earlier time stands there as the others have it.
    MINHU_CHECK_OK(parts_.database.write_job([&](Transaction& transaction) -> Outcome {
      insert_published(transaction, parts_.region, notes.front());
      return {};
    }));
    auto rows = parts_.database.read([&](Reading& reading) {
      return published_after(reading, parts_.region, published_.size, most_published_at_once);
    });
    if (!rows.empty()) notes = std::move(rows);
  }
  MINHU_CHECK_OK(published_files_.write(notes));
  const std::uint64_t size = notes.back().size;
  remove_replaced(parts_.files, published_.size, size);
  published_ = {size, at};
  return {};
}

// After a start the head is signed and swapped already; signing is deterministic, so the round of
// nothing more is the one that was interrupted.
void Sequencer::begin_round_of_head() {
  if (round_) return;
  auto round = merkle::Round::begin(builder_, parts_.log, {}, parts_.second);
  MINHU_ASSERT(round.has_value());
  round->files_are_durable();
  round->head_is_swapped();
  round_.emplace(std::move(*round));
}

// Everybody's publication would wait its two seconds for a witness that is away: it is left out for
// a while, as long as the others can be enough.
std::vector<std::size_t> Sequencer::whom_to_ask() const {
  std::vector<std::size_t> all;
  std::vector<std::size_t> present;
  std::vector<std::string> reachable;
  const auto& witnesses = parts_.policy.witnesses;
  for (std::size_t i = 0; i < witnesses.size(); ++i) {
    if (cosigned_.contains(i)) reachable.push_back(witnesses[i].name);
    if (witnesses[i].address.empty() || cosigned_.contains(i)) continue;
    all.push_back(i);
    const auto away = away_until_.find(i);
    if (away != away_until_.end() && now() < away->second) continue;
    present.push_back(i);
    reachable.push_back(witnesses[i].name);
  }
  const bool can_be_enough = parts_.policy.quorum == "none" || parts_.policy.is_quorum(reachable);
  return can_be_enough ? present : all;
}

Outcome Sequencer::ask_witnesses() {
  const std::vector<std::size_t> to_ask = whom_to_ask();
  if (to_ask.empty()) return {};
  // Once more for those that hold another size than we believed.
  MINHU_TRY(const std::vector<std::size_t> again, ask(to_ask));
  if (!again.empty()) MINHU_CHECK_OK(ask(again));
  return {};
}

// Gives those that answered with the size they hold and can be asked again from there.
Result<std::vector<std::size_t>> Sequencer::ask(std::span<const std::size_t> witnesses) {
  const merkle::Fetch fetch = fetch_from(parts_.files);
  merkle::TileReader reader(head_.tree, fetch);
  std::vector<WitnessRequest> requests;
  std::vector<std::size_t> asked;
  for (const std::size_t i : witnesses) {
    const auto known = size_at_.find(i);
    const std::uint64_t old_size = known == size_at_.end() ? published_.size : known->second;
    if (old_size > head_.tree.size) continue;  // refused at the start, or below
    merkle::AddCheckpoint request{old_size, {}, round_->note_for_witnesses()};
    if (old_size > 0) {
      MINHU_TRY(request.proof, merkle::make_consistency_proof(reader, old_size, head_.tree.size));
    }
    requests.push_back({parts_.policy.witnesses[i].address, format_add_checkpoint(request)});
    asked.push_back(i);
  }
  const auto replies = parts_.witnesses.add_checkpoint(requests);
  std::vector<std::size_t> again;
  std::vector<std::size_t> disagreeing;
  for (std::size_t at = 0; at < std::min(replies.size(), asked.size()); ++at) {
    const std::size_t i = asked[at];
    const WitnessReply& reply = replies[at];
    if (reply.status == 0) away_until_[i] = {now().unix_ms + away_ms};
    if (reply.status == cosigned && round_->add_cosignatures(parts_.policy, reply.body)) {
      size_at_[i] = head_.tree.size;
      cosigned_.insert(i);
    } else if (reply.status == not_proved) {
      disagreeing.push_back(i);
    } else if (reply.status == conflict) {
      const auto size = size_in(reply.body);
      if (!size) continue;
      if (*size > head_.tree.size) disagreeing.push_back(i);
      if (*size <= head_.tree.size) again.push_back(i);
      if (*size <= head_.tree.size) size_at_[i] = *size;
    }
  }
  if (!disagreeing.empty()) MINHU_CHECK_OK(check_disproof(disagreeing));
  return again;
}

// A witness that says we are wrong is believed when it shows our own signature, and only then: one
// that lies, or is broken, must not be able to stop the record.
Outcome Sequencer::check_disproof(std::span<const std::size_t> witnesses) {
  std::vector<std::string> addresses;
  for (const std::size_t i : witnesses) addresses.push_back(parts_.policy.witnesses[i].address);
  const auto replies = parts_.witnesses.latest(addresses, parts_.log.name);
  std::vector<merkle::SeenElsewhere> seen;
  for (std::size_t at = 0; at < std::min(replies.size(), witnesses.size()); ++at) {
    if (replies[at].status != cosigned) continue;
    seen.push_back({parts_.policy.witnesses[witnesses[at]].name, replies[at].body});
  }
  const merkle::Fetch fetch = fetch_from(parts_.files);
  merkle::TileReader reader(head_.tree, fetch);
  return merkle::check_may_sign(head_.tree, reader, parts_.log.verifier(), seen);
}

}  // namespace minhu::record
