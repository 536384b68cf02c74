// A witness (C2SP tlog-witness v1.0.0) without its network: what it answers to a request, and what
// it must have stored before it does. It signs one tree of a size and never another, and no tree
// that does not contain the one before.
#pragma once

#include "engines/merkle/checkpoint.h"
#include "engines/merkle/note.h"
#include "engines/merkle/proofs.h"

namespace minhu::merkle {

// The body of POST …/add-checkpoint:
//     old <size that the log believes the witness has>
//     <base64 hash> …        the consistency proof from there
//
//     <checkpoint, signed by its log>
struct AddCheckpoint {
  std::uint64_t old_size = 0;
  Proof proof;
  std::string note;
  bool operator==(const AddCheckpoint&) const = default;
};
std::string format_add_checkpoint(const AddCheckpoint& request);
// Fault merkle.request_broken.
Result<AddCheckpoint> parse_add_checkpoint(std::string_view body);

// The number is the status of the answer.
enum class WitnessStatus : int {
  cosigned = 200,
  malformed = 400,    // not a request, or its old size is beyond the checkpoint's
  not_trusted = 403,  // no signature of a key we know for that log, or a wrong one
  unknown_log = 404,
  conflict = 409,    // we hold another size than the log believes; the body says which
  not_proved = 422,  // the proof does not lead from our tree to theirs
};

struct WitnessAnswer {
  WitnessStatus status = WitnessStatus::malformed;
  std::string content_type = "text/plain; charset=utf-8";
  std::string body;
};

// What a witness knows of one log. Each log has an origin and one or more keys.
struct WatchedLog {
  std::string origin;
  std::vector<VerifierKey> keys;
};

// Where a witness keeps the last checkpoint it cosigned of each log.
class WitnessLedger {
 public:
  virtual ~WitnessLedger() = default;
  // The empty tree when it has never cosigned that log.
  virtual TreeHead latest(const std::string& origin) = 0;
  // Stores the new head and its note (signed by the log and by the witness) durably if, in the same
  // atomic step, `expected` is still the latest; false and nothing stored when it is not. Throws
  // when it cannot store.
  virtual bool replace(const std::string& origin, const TreeHead& expected, const TreeHead& next,
                       const std::string& note) = 0;
};

// No request of the standard is longer: some dozens of signatures, each post-quantum, and a proof.
constexpr std::size_t longest_witness_request = 256 * 1024;  // bytes

// Answers one request. Safe to call from several threads when the ledger is.
WitnessAnswer add_checkpoint(std::span<const WatchedLog> logs, WitnessLedger& ledger,
                             const Signer& witness, std::uint64_t now_seconds,
                             std::string_view body);

// Where the latest cosigned checkpoint of a log is served: "<hex of SHA-256(origin)>/checkpoint".
std::string monitoring_path(std::string_view origin);

}  // namespace minhu::merkle
