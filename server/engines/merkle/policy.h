// Whom a verifier trusts (C2SP tlog-policy): the keys of logs and of witnesses, and which witnesses
// together are enough.
//
//     log <verifier key> [address]
//     witness <name> <verifier key> [address]
//     group <name> <number|any|all> <member> …
//     quorum <name|none>
//
// The file is what a verifier believes before it believes anything else; it comes with the program
// or from the notice board, never from the log that is checked.
#pragma once

#include "engines/merkle/checkpoint.h"
#include "engines/merkle/note.h"

namespace minhu::merkle {

struct TrustPolicy {
  struct Log {
    VerifierKey key;  // its name is the origin of the checkpoints it signs
    std::string address;
  };
  struct Witness {
    std::string name;  // in this file alone
    VerifierKey key;
    std::string address;
  };
  struct Group {
    std::string name;
    std::size_t threshold = 0;
    std::vector<std::string> members;  // witnesses and earlier groups
  };

  std::vector<Log> logs;
  std::vector<Witness> witnesses;
  std::vector<Group> groups;
  std::string quorum;  // a witness, a group, or "none"

  // Whether the witnesses of those names are enough.
  bool is_quorum(std::span<const std::string> witness_names) const;
};

// Faults merkle.policy_*, each with the line.
Result<TrustPolicy> parse_policy(std::string_view text);

// For people to compare with the notice board, by eye or on the phone: the first 16 bytes of the
// SHA-256 of everything in it that decides what is believed, two by two, as eight numbers of five
// digits. Addresses and remarks do not count, so that a witness may move.
std::string fingerprint(const TrustPolicy& policy);

struct WitnessedAt {
  std::string witness;  // its name in the policy
  std::uint64_t seconds = 0;
};

// A checkpoint that the policy accepts.
struct Accepted {
  Checkpoint checkpoint;
  std::vector<WitnessedAt> witnesses;

  // The middle one of the witnesses' times, the earlier of two; nothing without witnesses.
  std::optional<std::uint64_t> time() const;
};

// Whether the log of that name has signed, by a key that the policy gives it. Faults
// merkle.unknown_log (no key for that name), merkle.log_signature_missing, merkle.signature_wrong.
Outcome check_signed_by_log(const TrustPolicy& policy, const Note& note, const std::string& origin);

// Faults merkle.note_broken, merkle.checkpoint_broken, merkle.unknown_log (no key for that origin),
// merkle.log_signature_missing, merkle.signature_wrong, merkle.quorum_missing.
Result<Accepted> accept_checkpoint(const TrustPolicy& policy, std::string_view note);

}  // namespace minhu::merkle
