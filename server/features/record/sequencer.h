// What takes leaves into the tree and publishes it: batches, files, head, witnesses, in the order
// that keeps a log from ever signing two trees that do not agree (engines/merkle/sequencer.h).
#pragma once

#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <set>

#include "engines/merkle/sequencer.h"
#include "features/record/published_files.h"
#include "features/record/rows.h"
#include "ports/clock.h"
#include "ports/entropy.h"
#include "ports/log_files.h"
#include "ports/witnesses.h"

namespace minhu::record {

// Everything outlives the sequencer.
struct SequencerParts {
  Database& database;
  RegionId region;
  LogFiles& files;
  Witnesses& witnesses;
  const merkle::Signer& log;
  const merkle::TrustPolicy& policy;
  Entropy& entropy;
  const Clock& clock;
  const merkle::Sm2Signer* second = nullptr;  // signs beside `log`, where there is one
  // Other servers of this database write their own files of what is published (following.h).
  // `database` must then be fenced by a lease (features/leases): two that sign at once would each
  // be stopped for good by the other.
  bool tells_others = false;
};

enum class Going : std::uint8_t {
  starting,  // has not yet been told that it may sign
  well,
  waiting,  // signs, but cannot publish, or not even store: `why` says what is missing; tries again
  stopped,  // will not sign any more before somebody has looked: `why` says who disproves it
};

// For whoever runs the machine; nothing in it is about a person.
struct Standing {
  Going going = Going::starting;
  std::optional<Fault> why;
  std::uint64_t signed_size = 0;
  std::uint64_t published_size = 0;
  std::optional<Instant> published_at;  // since this start
  std::optional<Instant> since;         // since when it is not going well
};

// One thread calls run_once(); anybody may ask for the standing.
class Sequencer {
 public:
  explicit Sequencer(SequencerParts parts) : parts_(parts) {}

  // Takes in what has been committed, and publishes. Returns early when `stopping` says so, never
  // in the middle of a step. Call it again every few hundred milliseconds: it does nothing when
  // there is nothing to do, and waits by itself before it tries again what did not work.
  void run_once(const std::function<bool()>& stopping = {});

  Standing standing() const;

 private:
  struct Published {
    std::uint64_t size = 0;
    std::optional<Instant> at;
  };

  Outcome work(const std::function<bool()>& stopping);
  Outcome begin();
  Outcome find_builder();
  Outcome may_sign();
  Outcome take_in(const std::function<bool()>& stopping);
  Result<Batch> next_batch(std::vector<LeafRow> waiting);
  Outcome grow(const Batch& batch);
  bool older_leaf_waits() const;

  Outcome publish();
  void begin_round_of_head();
  Outcome ask_witnesses();
  std::vector<std::size_t> whom_to_ask() const;
  Result<std::vector<std::size_t>> ask(std::span<const std::size_t> witnesses);
  Outcome check_disproof(std::span<const std::size_t> witnesses);

  Instant now() const { return parts_.clock.now(); }
  void tell(const Outcome& done);

  SequencerParts parts_;
  PublishedFiles published_files_{parts_.files};
  bool has_begun_ = false;
  bool is_stopped_ = false;
  Instant not_before_{};
  Head head_;
  merkle::TreeBuilder builder_;
  std::optional<merkle::Round> round_;  // of the head
  Published published_;
  std::map<std::size_t, std::uint64_t> size_at_;  // what the witness of that number holds
  std::set<std::size_t> cosigned_;                // those that signed the head
  std::map<std::size_t, Instant> away_until_;     // those that did not answer

  mutable std::mutex mutex_;
  Standing standing_;
};

}  // namespace minhu::record
