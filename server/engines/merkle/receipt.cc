#include "engines/merkle/receipt.h"

#include <algorithm>

#include "engines/merkle/lines.h"

namespace minhu::merkle {

namespace {

constexpr std::size_t key_size = std::tuple_size_v<Key>;
constexpr std::size_t time_size = 8;

}  // namespace

Bytes encode_opening(const Opening& opening) {
  Bytes bytes(opening.case_key.begin(), opening.case_key.end());
  const auto time = as_u64be(opening.seconds);
  bytes.insert(bytes.end(), time.begin(), time.end());
  const Bytes payload = to_bytes(format_payload(opening.payload));
  bytes.insert(bytes.end(), payload.begin(), payload.end());
  return bytes;
}

Result<Opening> parse_opening(BytesView extra) {
  const auto broken = fail(FaultCode::invalid_input, "merkle.opening_broken", "extra");
  if (extra.size() <= key_size + time_size) return broken;
  Opening opening;
  std::copy_n(extra.begin(), key_size, opening.case_key.begin());
  opening.seconds = from_u64be(extra.subspan<key_size, time_size>());
  auto payload = parse_payload(to_text(extra.subspan(key_size + time_size)));
  if (!payload || opening.seconds > largest_size) return broken;
  opening.payload = std::move(*payload);
  return opening;
}

Leaf leaf_of(const Opening& opening) {
  return leaf_of(opening.case_key, opening.payload.number, opening.seconds,
                 as_bytes(format_payload(opening.payload)));
}

Result<CheckedReceipt> check_receipt(const TrustPolicy& policy, const LogProof& proof) {
  if (!proof.extra) return fail(FaultCode::invalid_input, "merkle.receipt_without_opening");
  MINHU_TRY(Opening opening, parse_opening(*proof.extra));
  MINHU_TRY(Accepted accepted, check_log_proof(policy, proof, encode_leaf(leaf_of(opening))));
  return CheckedReceipt{std::move(accepted), proof.index, std::move(opening)};
}

}  // namespace minhu::merkle
