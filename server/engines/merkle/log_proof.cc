#include "engines/merkle/log_proof.h"

#include <fmt/format.h>

#include "engines/merkle/lines.h"
#include "engines/merkle/proofs.h"

namespace minhu::merkle {

namespace {

constexpr std::string_view first_line = "c2sp.org/tlog-proof@v1";
constexpr std::size_t longest_file = 2 * longest_note;

}  // namespace

std::string format_log_proof(const LogProof& proof) {
  const std::string extra = proof.extra ? fmt::format("extra {}\n", to_base64(*proof.extra)) : "";
  return fmt::format("{}\n{}index {}\n{}{}", first_line, extra, proof.index,
                     format_proof(proof.path), proof.checkpoint);
}

Result<LogProof> parse_log_proof(std::string_view text) {
  const auto broken = fail(FaultCode::invalid_input, "merkle.proof_broken", "proof");
  if (text.size() > longest_file || take_line(text) != first_line) return broken;
  LogProof proof;
  if (const auto extra = take_line_of("extra", text)) {
    auto bytes = from_base64(*extra);
    if (!bytes) return broken;
    proof.extra = std::move(*bytes);
  }
  const auto index_line = take_line_of("index", text);
  const auto index = index_line ? parse_decimal(*index_line) : std::nullopt;
  auto path = take_proof(text);
  if (!index || !path || text.empty()) return broken;
  proof.index = *index;
  proof.path = std::move(*path);
  proof.checkpoint = text;
  return proof;
}

Result<Accepted> check_log_proof(const TrustPolicy& policy, const LogProof& proof,
                                 BytesView entry) {
  MINHU_TRY(Accepted accepted, accept_checkpoint(policy, proof.checkpoint));
  MINHU_CHECK_OK(
      check_inclusion(leaf_hash(entry), proof.index, proof.path, accepted.checkpoint.head));
  return accepted;
}

}  // namespace minhu::merkle
