// A monitor: reads the whole of somebody else's log again and again, believes none of it, and keeps
// a mirror of what it found good. Whatever was once in the log must still be there; what is new
// must be what it may be. It has no key and knows no secret.
#pragma once

#include "engines/merkle/known_log.h"
#include "engines/merkle/sequencer.h"

namespace minhu::merkle {

struct LookOptions {
  std::uint64_t now_seconds = 0;
  std::uint64_t longest_age = 7 * 24 * 3600;  // seconds since the witnesses last saw the checkpoint
  // Bundles of the part that was read before, each with its tile. More take turns, from one look to
  // the next.
  std::uint64_t most_read_again = 10'000;
  // What the witnesses themselves hold, asked apart from the log.
  std::vector<SeenElsewhere> elsewhere;
};

struct Look {
  TreeHead head;                 // of the checkpoint that the log showed
  std::uint64_t new_leaves = 0;  // since the last good look
  std::uint64_t read_again = 0;  // leaves that were read before and now once more
  std::size_t compared = 0;      // of LookOptions::elsewhere: signed by the log, so that they count
  // What is not as it must be: each a fault whose details name the index of the leaf or the file.
  // Empty: all is well, and the mirror has moved on.
  std::vector<Fault> findings;
};

constexpr std::size_t most_findings = 100;  // of one look; more would say nothing new

// Not thread-safe. Keeps about 70 bytes a leaf in memory.
class OutsideMonitor {
 public:
  // `hash_key` is random (LeafWatch).
  OutsideMonitor(TrustPolicy policy, ReadFile log, Mirror mirror, const Key& hash_key)
      : policy_(std::move(policy)),
        log_(std::move(log)),
        mirror_(std::move(mirror)),
        hash_key_(hash_key) {}

  // A fault: nothing was learnt (the log cannot be reached, the mirror cannot be read or written);
  // merkle.mirror_broken: the mirror is not what a monitor wrote.
  Result<Look> look(const LookOptions& options);

 private:
  TrustPolicy policy_;
  ReadFile log_;
  Mirror mirror_;
  Key hash_key_;
  std::optional<KnownLog> known_;
  std::uint64_t next_again_ = 0;  // the bundle to begin with, of those read before
};

}  // namespace minhu::merkle
