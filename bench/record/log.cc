// A log of many leaves in memory: how fast it grows, how long a proof takes, how large a receipt
// is. record_log LEAVES — prints "name value" lines. Tiles are kept as a server would keep their
// files; entries are not.
#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <random>
#include <vector>

#include "engines/merkle/receipt.h"
#include "engines/merkle/tile_reader.h"
#include "engines/merkle/tree_builder.h"

namespace {

using namespace minhu;
using namespace minhu::merkle;
using Clock = std::chrono::steady_clock;

constexpr std::size_t batch = 256;
constexpr int proofs = 20'000;

double seconds_since(Clock::time_point begun) {
  return std::chrono::duration<double>(Clock::now() - begun).count();
}

double at_share(std::vector<double> values, double share) {
  const auto place =
      values.begin() + static_cast<std::ptrdiff_t>(share * static_cast<double>(values.size() - 1));
  std::nth_element(values.begin(), place, values.end());
  return *place;
}

// Full tiles by place, the newest partial one of each level at its end.
class Tiles {
 public:
  void keep(LogFile file) {
    if (file.id.kind == TileKind::entries) return;
    std::vector<Bytes>& level = levels_[file.id.level];
    if (file.id.index >= level.size()) level.resize(file.id.index + 1);
    level[file.id.index] = std::move(file.bytes);
  }
  Result<Bytes> fetch(const TileId& id) const { return levels_[id.level].at(id.index); }
  std::size_t bytes() const {
    std::size_t sum = 0;
    for (const auto& level : levels_) {
      for (const Bytes& tile : level) sum += tile.size();
    }
    return sum;
  }

 private:
  std::array<std::vector<Bytes>, tile_levels> levels_;
};

Opening opening_of(std::uint64_t i) {
  Opening opening;
  opening.case_key = sha256(as_bytes(std::to_string(i / 8)));
  opening.seconds = 1'764'000'000 + i / 100;
  opening.payload.number = static_cast<std::uint32_t>(i % 8);
  opening.payload.kind = "transferred";
  opening.payload.happened = opening.seconds;
  opening.payload.by = "330726-0012";
  opening.payload.due = opening.seconds + 5'184'000;
  opening.payload.previous = Hash{};
  opening.payload.body = Hash{};
  return opening;
}

Bytes entry_of(const Opening& opening) {
  const LeafBytes leaf = encode_leaf(leaf_of(opening));
  return {leaf.begin(), leaf.end()};
}

Signer signer_of(const char* name, KeyKind kind) {
  return {name, kind, Ed25519Key(sha256(as_bytes(name)))};
}

}  // namespace

int main(int argc, char** argv) {
  start_crypto();
  const std::uint64_t leaves = argc > 1 ? std::strtoull(argv[1], nullptr, 10) : 10'000'000;
  Tiles tiles;
  TreeBuilder builder;
  std::vector<Bytes> entries;
  double deriving = 0;
  double appending = 0;
  for (std::uint64_t i = 0; i < leaves;) {
    entries.clear();
    const auto derived = Clock::now();
    for (; i < leaves && entries.size() < batch; ++i) entries.push_back(entry_of(opening_of(i)));
    deriving += seconds_since(derived);
    const auto begun = Clock::now();
    auto files = builder.append(entries);
    for (LogFile& file : *files) tiles.keep(std::move(file));
    static_cast<void>(builder.head());
    appending += seconds_since(begun);
  }
  const TreeHead head = builder.head();
  std::printf("leaves %llu\n", static_cast<unsigned long long>(head.size));
  std::printf("appends_a_second %.0f\n", static_cast<double>(leaves) / appending);
  std::printf("with_derivation_a_second %.0f\n",
              static_cast<double>(leaves) / (appending + deriving));
  std::printf("tiles_mib %.0f\n", static_cast<double>(tiles.bytes()) / (1024 * 1024));

  // Each proof with a reader of its own that knows nothing yet: every tile on the way is checked.
  const Fetch fetch = [&](const TileId& id) { return tiles.fetch(id); };
  std::mt19937_64 dice(7);
  std::vector<double> took;
  std::vector<double> checking;
  std::size_t largest_receipt = 0;
  const Signer log = signer_of("record.minhu.example/pujiang/log1", KeyKind::ed25519);
  const Signer congress = signer_of("congress.minhu.example/pujiang", KeyKind::cosignature_v1);
  const Signer audit = signer_of("audit.minhu.example/pujiang", KeyKind::cosignature_v1);
  Note note{format_checkpoint({log.name, head, {}}), {}};
  note.signatures = {sign_text(log, note.text), sign_text(congress, note.text, 1'764'000'000),
                     sign_text(audit, note.text, 1'764'000'000)};
  const std::string checkpoint = format_note(note);
  const auto policy =
      parse_policy("log " + format_verifier_key(log.verifier()) + "\nwitness a " +
                   format_verifier_key(congress.verifier()) + "\nwitness b " +
                   format_verifier_key(audit.verifier()) + "\ngroup both all a b\nquorum both\n");
  for (int i = 0; i < proofs; ++i) {
    const std::uint64_t index = dice() % leaves;
    const auto begun = Clock::now();
    TileReader reader(head, fetch);
    auto path = make_inclusion_proof(reader, index, head.size);
    took.push_back(seconds_since(begun) * 1000);
    if (!path) return std::fprintf(stderr, "no proof: %s\n", path.error().key.c_str()), 1;
    const LogProof proof{encode_opening(opening_of(index)), index, std::move(*path), checkpoint};
    largest_receipt = std::max(largest_receipt, format_log_proof(proof).size());
    const auto checked_from = Clock::now();
    const auto receipt = check_receipt(*policy, proof);
    checking.push_back(seconds_since(checked_from) * 1000);
    if (!receipt) return std::fprintf(stderr, "refused: %s\n", receipt.error().key.c_str()), 1;
  }
  std::printf("proof_p50 %.3f\n", at_share(took, 0.5));
  std::printf("proof_p99 %.3f\n", at_share(took, 0.99));
  std::printf("proof_longest %.3f\n", at_share(took, 1.0));
  std::printf("receipt_check_p99 %.3f\n", at_share(checking, 0.99));
  std::printf("receipt_bytes %zu\n", largest_receipt);
  return 0;
}
