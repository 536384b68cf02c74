// The part of the sequencer that needs no disk: what goes into a batch, and what must have happened
// before what. Files, database and network belong to whoever drives it.
//
// The order keeps a log from ever signing two trees that do not agree, wherever the power fails:
//   1 the files of the grown tree are durable
//   2 the head is replaced by compare-and-swap; who loses must not go on
//   3 only now the signed checkpoint may leave the process: the witnesses are asked
//   4 with a quorum of them it is published
#pragma once

#include <functional>

#include "engines/merkle/leaf.h"
#include "engines/merkle/note_sm2.h"
#include "engines/merkle/policy.h"
#include "engines/merkle/tree_builder.h"

namespace minhu::merkle {

constexpr std::size_t smallest_batch = 8;
// So many leaves come within half a second when a whole county writes at once. A larger batch would
// make the rows and files of one step larger without making the record faster.
constexpr std::size_t largest_batch = 4096;

// Fills the bytes with random ones.
using Random = std::function<void(std::span<std::uint8_t>)>;

// The leaves with cover leaves among them, so that a batch has at least `smallest_batch`. Where the
// covers stand is drawn, and each has the time of the leaf before it (the first ones that of the
// first): neither place nor time tells them apart. The order of `leaves` stays; no leaves give
// none. Fault merkle.leaf_time_back: times fall, or the first lies before `last_seconds`, the time
// of the log's last leaf.
Result<std::vector<Bytes>> compose_batch(std::span<const Leaf> leaves, std::uint64_t last_seconds,
                                         const Random& random);

// One batch on its way. Each step that somebody else must take is confirmed by a call; what is not
// yet due cannot be had (a call out of order is a bug of ours and aborts).
class Round {
 public:
  // Nothing is decided yet: `builder` is as it was, and the round can be dropped.
  // Fault merkle.entry_too_long. With `second` each checkpoint carries its line, too.
  static Result<Round> begin(const TreeBuilder& builder, const Signer& log,
                             std::span<const Bytes> entries, const Sm2Signer* second = nullptr);

  // 1: to be written in this order, each by temporary file, sync, rename, sync of the folder.
  const std::vector<LogFile>& files() const noexcept { return files_; }
  void files_are_durable();

  // 2: replace `before` by `after` and keep the note beside it, in one transaction.
  struct HeadSwap {
    TreeHead before;
    TreeHead after;
    std::string note;
  };
  const HeadSwap& head_swap() const;
  void head_is_swapped();

  // 3: from here on the tree is this one. The note, signed by the log alone, for the witnesses.
  const TreeBuilder& builder() const;
  const std::string& note_for_witnesses() const;
  // What a witness answered. Lines of witnesses the policy does not know are dropped.
  // Faults merkle.note_broken, merkle.signature_wrong, and the round is as it was.
  Outcome add_cosignatures(const TrustPolicy& policy, std::string_view lines);

  // 4: the checkpoint to publish, or the fault that says what is missing
  // (accept_checkpoint; merkle.quorum_missing).
  Result<std::string> publishable(const TrustPolicy& policy) const;

 private:
  enum class Stage { files, head, witnesses };

  Round(TreeBuilder grown, std::vector<LogFile> files, HeadSwap swap)
      : grown_(std::move(grown)), files_(std::move(files)), swap_(std::move(swap)) {}

  Stage stage_ = Stage::files;
  TreeBuilder grown_;
  std::vector<LogFile> files_;
  HeadSwap swap_;
  std::vector<NoteSignature> cosignatures_;
};

// A checkpoint of this log that somebody else holds: what was last published, or what a witness
// gives as its latest.
struct SeenElsewhere {
  std::string where;
  std::string note;
};

// Before anything is signed after a start: is our head one that can follow everything we have
// signed before? A restored backup, a replica that was behind, or a second writer cannot. Notes
// that are not signed by `log` prove nothing and are passed over. Faults merkle.record_rolled_back,
// merkle.record_forked, with who disproves us; faults of `reader`.
Outcome check_may_sign(const TreeHead& own, NodeReader& reader, const VerifierKey& log,
                       std::span<const SeenElsewhere> seen);

}  // namespace minhu::merkle
