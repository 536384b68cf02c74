// A proof that needs nobody online (C2SP tlog-proof, file extension .tlog-proof):
//
//     c2sp.org/tlog-proof@v1
//     extra <base64>                 may be missing; proves nothing by itself
//     index <n>
//     <base64 hash> …                the inclusion proof
//
//     <checkpoint with the signatures of its log and its witnesses>
#pragma once

#include "engines/merkle/policy.h"

namespace minhu::merkle {

struct LogProof {
  std::optional<Bytes> extra;
  std::uint64_t index = 0;
  Proof path;
  std::string checkpoint;  // the signed note, verbatim
  bool operator==(const LogProof&) const = default;
};

std::string format_log_proof(const LogProof& proof);
// Form alone; the checkpoint may still be anything. Fault merkle.proof_broken.
Result<LogProof> parse_log_proof(std::string_view text);

// That the entry stands at proof.index of a tree that the policy accepts.
// Faults of accept_checkpoint and check_inclusion.
Result<Accepted> check_log_proof(const TrustPolicy& policy, const LogProof& proof, BytesView entry);

}  // namespace minhu::merkle
