// The receipt that proves itself: a .tlog-proof whose extra line holds what opens its own leaf.
//
//     extra = case key (32) | seconds since 1970 when it was written down (8) | payload
//
// Of the number the largest byte stands first.
//
// Nothing of it is believed: the leaf is computed anew from it, and that leaf must stand in the
// tree. Whoever has this file can open every leaf of the case; it is a secret of the person.
#pragma once

#include "engines/merkle/leaf.h"
#include "engines/merkle/log_proof.h"
#include "engines/merkle/payload.h"

namespace minhu::merkle {

struct Opening {
  Key case_key{};
  std::uint64_t seconds = 0;
  EventPayload payload;
  bool operator==(const Opening&) const = default;
};

Bytes encode_opening(const Opening& opening);
// Fault merkle.opening_broken.
Result<Opening> parse_opening(BytesView extra);
Leaf leaf_of(const Opening& opening);

struct CheckedReceipt {
  Accepted accepted;
  std::uint64_t index = 0;
  Opening opening;
};

// Faults merkle.receipt_without_opening, merkle.opening_broken, and those of check_log_proof.
Result<CheckedReceipt> check_receipt(const TrustPolicy& policy, const LogProof& proof);

}  // namespace minhu::merkle
