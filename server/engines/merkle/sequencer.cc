#include "engines/merkle/sequencer.h"

#include <algorithm>
#include <array>

#include "engines/merkle/lines.h"
#include "kernel/assert.h"

namespace minhu::merkle {

namespace {

// Evenly from 0 to below `bound`: numbers of the last, incomplete stretch are drawn again.
std::size_t drawn_below(std::size_t bound, const Random& random) {
  const std::uint64_t stretch = std::numeric_limits<std::uint64_t>::max() / bound * bound;
  for (;;) {
    std::array<std::uint8_t, 8> bytes{};
    random(bytes);
    const std::uint64_t number = from_u64be(bytes);
    if (number < stretch) return static_cast<std::size_t>(number % bound);
  }
}

// Which of `places` are for real leaves: `reals` of them, every choice equally likely.
std::vector<bool> drawn_places(std::size_t places, std::size_t reals, const Random& random) {
  std::vector<bool> is_real(places, false);
  std::fill_n(is_real.begin(), reals, true);
  for (std::size_t i = places; i > 1; --i) {
    const std::size_t other = drawn_below(i, random);
    const bool kept = is_real[i - 1];
    is_real[i - 1] = is_real[other];
    is_real[other] = kept;
  }
  return is_real;
}

Bytes entry_of(const Leaf& leaf) {
  const LeafBytes bytes = encode_leaf(leaf);
  return {bytes.begin(), bytes.end()};
}

}  // namespace

Result<std::vector<Bytes>> compose_batch(std::span<const Leaf> leaves, std::uint64_t last_seconds,
                                         const Random& random) {
  std::uint64_t previous = last_seconds;
  for (const Leaf& leaf : leaves) {
    if (leaf.seconds < previous) {
      return fail(FaultCode::conflict, "merkle.leaf_time_back", "entry",
                  std::map<std::string, std::string>{{"time", std::to_string(leaf.seconds)},
                                                     {"last", std::to_string(previous)}});
    }
    previous = leaf.seconds;
  }
  std::vector<Bytes> entries;
  if (leaves.empty()) return entries;
  const std::size_t places = std::max(leaves.size(), smallest_batch);
  std::uint64_t seconds = leaves.front().seconds;
  auto next = leaves.begin();
  for (const bool is_real : drawn_places(places, leaves.size(), random)) {
    if (is_real) {
      seconds = next->seconds;
      entries.push_back(entry_of(*next++));
    } else {
      std::array<std::uint8_t, 48> bytes{};
      random(bytes);
      entries.push_back(entry_of(cover_leaf(seconds, bytes)));
    }
  }
  return entries;
}

Result<Round> Round::begin(const TreeBuilder& builder, const Signer& log,
                           std::span<const Bytes> entries, const Sm2Signer* second) {
  MINHU_ASSERT(log.kind == KeyKind::ed25519);
  TreeBuilder grown = builder;
  MINHU_TRY(std::vector<LogFile> files, grown.append(entries));
  const std::string text = format_checkpoint({log.name, grown.head(), {}});
  Note note{text, {sign_text(log, text)}};
  if (second != nullptr) note.signatures.push_back(second->sign(text));
  HeadSwap swap{builder.head(), grown.head(), format_note(note)};
  return Round(std::move(grown), std::move(files), std::move(swap));
}

void Round::files_are_durable() {
  MINHU_ASSERT(stage_ == Stage::files);
  stage_ = Stage::head;
}

const Round::HeadSwap& Round::head_swap() const {
  MINHU_ASSERT(stage_ == Stage::head);
  return swap_;
}

void Round::head_is_swapped() {
  MINHU_ASSERT(stage_ == Stage::head);
  stage_ = Stage::witnesses;
}

const TreeBuilder& Round::builder() const {
  MINHU_ASSERT(stage_ == Stage::witnesses);
  return grown_;
}

const std::string& Round::note_for_witnesses() const {
  MINHU_ASSERT(stage_ == Stage::witnesses);
  return swap_.note;
}

Outcome Round::add_cosignatures(const TrustPolicy& policy, std::string_view lines) {
  MINHU_TRY(const Note note, parse_note(note_for_witnesses()));
  MINHU_TRY(const std::vector<NoteSignature> signatures, parse_signature_lines(lines));
  std::vector<VerifierKey> keys;
  for (const TrustPolicy::Witness& witness : policy.witnesses) keys.push_back(witness.key);
  std::vector<NoteSignature> all = cosignatures_;
  for (const NoteSignature& signature : signatures) {
    MINHU_TRY(const auto good, check_signatures({note.text, {signature}}, keys));
    if (good.empty()) continue;
    const bool is_there = std::any_of(all.begin(), all.end(), [&](const NoteSignature& other) {
      return other.name == signature.name && other.number == signature.number;
    });
    if (!is_there) all.push_back(signature);
  }
  cosignatures_ = std::move(all);
  return {};
}

Result<std::string> Round::publishable(const TrustPolicy& policy) const {
  std::string note = note_for_witnesses();
  for (const NoteSignature& signature : cosignatures_) note += format_signature_line(signature);
  MINHU_CHECK_OK(accept_checkpoint(policy, note));
  return note;
}

Outcome check_may_sign(const TreeHead& own, NodeReader& reader, const VerifierKey& log,
                       std::span<const SeenElsewhere> seen) {
  for (const SeenElsewhere& other : seen) {
    const auto note = parse_note(other.note);
    if (!note) continue;
    const auto signatures = check_signatures(*note, std::span(&log, 1));
    const auto checkpoint = parse_checkpoint(note->text);
    if (!signatures || signatures->empty() || !checkpoint || checkpoint->origin != log.name) {
      continue;
    }
    const TreeHead& theirs = checkpoint->head;
    const std::map<std::string, std::string> details{{"where", other.where},
                                                     {"theirs", std::to_string(theirs.size)},
                                                     {"ours", std::to_string(own.size)}};
    if (theirs.size > own.size) {
      return fail(FaultCode::conflict, "merkle.record_rolled_back", "", details);
    }
    MINHU_TRY(const Hash root, root_at(reader, theirs.size));
    if (root != theirs.root) return fail(FaultCode::conflict, "merkle.record_forked", "", details);
  }
  return {};
}

}  // namespace minhu::merkle
