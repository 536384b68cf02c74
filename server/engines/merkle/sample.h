// Auditing public figures by samples (docs/record.md): an auditor is shown what some leaves of a
// checkpoint stand for. Which ones, nobody could know when the checkpoint was published: the root
// of the next day's first checkpoint draws them. Each is opened alone; the key of no case is given
// away.
//
//     minhu-sample/v1
//     audited <base64 of the note>
//     draw <base64 of the note>
//     consistency <hash,hash,…|->                   from the one to the other
//     count <n>
//     opened <index> <entry> <salt> <payload> <hash,hash,…|->
//     cover <index> <entry> <hash,hash,…|->         said to stand for nobody: not to be proved
//
// The leaves stand in the order of the draw; entries, salts and payloads are base64.
#pragma once

#include "engines/merkle/leaf.h"
#include "engines/merkle/payload.h"
#include "engines/merkle/policy.h"
#include "engines/merkle/proofs.h"

namespace minhu::merkle {

constexpr std::size_t largest_sample = 10'000;
constexpr std::size_t longest_sample = 64'000'000;  // bytes; the largest one has some 30 million

// Number i is the first eight bytes of HMAC-SHA-256(root, "minhu/sample/v1" | i in eight bytes),
// the largest first, modulo the size; one that was drawn before is passed over. At most `count`,
// and never more than there are.
std::vector<std::uint64_t> draw_leaves(const Hash& root, std::uint64_t size, std::size_t count);

struct SampledLeaf {
  struct Opened {
    Key salt{};
    std::string payload;
    bool operator==(const Opened&) const = default;
  };
  std::uint64_t index = 0;
  Bytes entry;
  std::optional<Opened> opened;  // none: a cover leaf
  Proof path;
  bool operator==(const SampledLeaf&) const = default;
};

struct Sample {
  std::string audited;  // signed notes
  std::string draw;
  Proof consistency;
  std::size_t count = 0;
  std::vector<SampledLeaf> leaves;
  bool operator==(const Sample&) const = default;
};
std::string format_sample(const Sample& sample);
// Fault merkle.sample_broken.
Result<Sample> parse_sample(std::string_view text);

struct CheckedSample {
  Accepted audited;
  Accepted draw;
  struct Event {
    std::uint64_t index = 0;
    std::uint64_t written = 0;
    std::optional<EventPayload> payload;  // none: a cover leaf
  };
  std::vector<Event> events;
};
// Everything but that `draw` is the first of its day, which the history says. Faults of
// accept_checkpoint, check_consistency, check_inclusion; merkle.sample_unwitnessed: without
// witnesses no checkpoint has a day; merkle.sample_not_later: the draw is not of a later one;
// merkle.sample_of_others: not the leaves that were drawn, or none at all;
// merkle.sample_not_opened, with the index.
Result<CheckedSample> check_sample(const TrustPolicy& policy, const Sample& sample);

}  // namespace minhu::merkle
