// What anybody can check from outside, without a key: that the record only grows, that its leaves
// are what they must be, and that none was given a time it cannot have had.
#pragma once

#include <unordered_map>

#include "engines/merkle/leaf.h"
#include "engines/merkle/policy.h"
#include "engines/merkle/proofs.h"

namespace minhu::merkle {

// May `next` follow what we saw before? Faults merkle.older_is_larger,
// merkle.consistency_not_proved; merkle.split_view: two signed trees of one size.
Outcome check_progress(const Checkpoint& before, const Proof& proof, const Checkpoint& next);

// Fault merkle.checkpoint_stale: the witnesses saw it longer ago than that (or there is none).
Outcome check_freshness(const Accepted& accepted, std::uint64_t now_seconds,
                        std::uint64_t longest_age);

// The clocks of a log and its witnesses may differ by so much.
constexpr std::uint64_t clock_tolerance = 120;  // seconds

// A leaf was written down after the last checkpoint that does not contain it and before the first
// that does; by more than the distance of two checkpoints nobody can date it back unseen. Without
// an earlier checkpoint only the later one binds. Fault merkle.leaf_time_impossible.
Outcome check_leaf_time(const Leaf& leaf, std::optional<std::uint64_t> before_seconds,
                        std::uint64_t after_seconds);

enum class LeafBreach { not_a_leaf, time_going_back, tag_twice };

struct Breach {
  LeafBreach kind = LeafBreach::not_a_leaf;
  std::uint64_t index = 0;
  std::uint64_t other = 0;  // tag_twice: where the tag stood first
  bool operator==(const Breach&) const = default;
};

// Reads the leaves of a log in their order. Keeps each tag: about 60 bytes a leaf.
class LeafWatch {
 public:
  // `hash_key` is random: nobody can choose tags that fall together in memory.
  explicit LeafWatch(const Key& hash_key) : first_of_(0, TagHash{hash_key}) {}

  // The next entry; what is wrong with it, if anything.
  std::vector<Breach> read(BytesView entry);
  std::uint64_t leaves() const noexcept { return next_; }
  std::uint64_t last_seconds() const noexcept { return last_seconds_; }  // the latest time so far

 private:
  struct TagHash {
    Key key;
    std::size_t operator()(const Tag& tag) const {
      return static_cast<std::size_t>(short_keyed_hash(key, tag));
    }
  };

  std::uint64_t next_ = 0;
  std::uint64_t last_seconds_ = 0;
  std::unordered_map<Tag, std::uint64_t, TagHash> first_of_;
};

}  // namespace minhu::merkle
