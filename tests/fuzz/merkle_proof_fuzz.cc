// Proof files, requests to a witness, payloads and openings: what is accepted is written back as it
// was read; and no proof of this kind is believed by a policy that knows nobody.
#include "engines/merkle/receipt.h"
#include "engines/merkle/witness.h"
#include "kernel/assert.h"

namespace {

struct NoLedger : minhu::merkle::WitnessLedger {
  minhu::merkle::TreeHead latest(const std::string&) override {
    return minhu::merkle::empty_tree_head();
  }
  bool replace(const std::string&, const minhu::merkle::TreeHead&, const minhu::merkle::TreeHead&,
               const std::string&) override {
    return true;
  }
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  using namespace minhu;
  using namespace minhu::merkle;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  if (const auto proof = parse_log_proof(text)) {
    MINHU_ASSERT(format_log_proof(*proof) == text && proof->path.size() <= longest_proof);
    TrustPolicy nobody;
    nobody.quorum = "none";
    MINHU_ASSERT(!check_receipt(nobody, *proof));
    const TreeHead head{proof->index + 1 + size, {}};
    static_cast<void>(check_inclusion({}, proof->index, proof->path, head));
  }
  if (const auto request = parse_add_checkpoint(text)) {
    MINHU_ASSERT(format_add_checkpoint(*request) == text);
    const TreeHead older{request->old_size, {}};
    const TreeHead newer{request->old_size + size, {}};
    static_cast<void>(check_consistency(older, request->proof, newer));
  }
  static const Signer witness{"witness.example", KeyKind::cosignature_v1, Ed25519Key({})};
  static const std::vector<WatchedLog> logs{{"log.example", {}}};
  NoLedger ledger;
  MINHU_ASSERT(add_checkpoint(logs, ledger, witness, 1, text).status != WitnessStatus::cosigned);
  if (const auto payload = parse_payload(text)) MINHU_ASSERT(format_payload(*payload) == text);
  const BytesView bytes(data, size);
  if (const auto opening = parse_opening(bytes)) {
    MINHU_ASSERT(encode_opening(*opening) == Bytes(bytes.begin(), bytes.end()));
  }
  return 0;
}
