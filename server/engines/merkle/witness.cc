#include "engines/merkle/witness.h"

#include <fmt/format.h>

#include <algorithm>

#include "engines/merkle/lines.h"

namespace minhu::merkle {

namespace {

WitnessAnswer refusal(WitnessStatus status, std::string_view why) {
  return {status, "text/plain; charset=utf-8", fmt::format("{}\n", why)};
}

WitnessAnswer conflict(std::uint64_t latest) {
  return {WitnessStatus::conflict, "text/x.tlog.size", fmt::format("{}\n", latest)};
}

// What others may see of it later: the text, who of the log signed it, each once, and we. A
// stranger's lines, which nobody has checked, are left out. So are copies of a line: anybody can
// send a hundred of one that is public, and with ours among them nobody could read what we hold.
std::string cosigned(const Note& note, std::span<const GoodSignature> of_log,
                     const NoteSignature& ours) {
  Note kept{note.text, {}};
  for (const GoodSignature& good : of_log) {
    const auto first = std::find_if(
        note.signatures.begin(), note.signatures.end(), [&](const NoteSignature& signature) {
          return good.key->name == signature.name && good.key->number() == signature.number;
        });
    if (first != note.signatures.end()) kept.signatures.push_back(*first);
  }
  kept.signatures.push_back(ours);
  return format_note(kept);
}

}  // namespace

std::string format_add_checkpoint(const AddCheckpoint& request) {
  return fmt::format("old {}\n{}{}", request.old_size, format_proof(request.proof), request.note);
}

Result<AddCheckpoint> parse_add_checkpoint(std::string_view body) {
  const auto broken = fail(FaultCode::invalid_input, "merkle.request_broken", "body");
  if (body.size() > longest_witness_request) return broken;
  const auto old_line = take_line_of("old", body);
  const auto old_size = old_line ? parse_decimal(*old_line) : std::nullopt;
  auto proof = take_proof(body);
  if (!old_size || !proof || body.empty()) return broken;
  return AddCheckpoint{*old_size, std::move(*proof), std::string(body)};
}

WitnessAnswer add_checkpoint(std::span<const WatchedLog> logs, WitnessLedger& ledger,
                             const Signer& witness, std::uint64_t now_seconds,
                             std::string_view body) {
  const auto request = parse_add_checkpoint(body);
  if (!request) return refusal(WitnessStatus::malformed, "not an add-checkpoint request");
  const auto note = parse_note(request->note);
  if (!note) return refusal(WitnessStatus::malformed, "not a signed note");
  const auto checkpoint = parse_checkpoint(note->text);
  if (!checkpoint) return refusal(WitnessStatus::malformed, "not a checkpoint");

  const auto log = std::find_if(logs.begin(), logs.end(), [&](const WatchedLog& watched) {
    return watched.origin == checkpoint->origin;
  });
  if (log == logs.end()) return refusal(WitnessStatus::unknown_log, "not a log that we watch");
  const auto signatures = check_signatures(*note, log->keys);
  if (!signatures || signatures->empty()) {
    return refusal(WitnessStatus::not_trusted, "not signed by a key that we know for this log");
  }
  const TreeHead& next = checkpoint->head;
  if (request->old_size > next.size) {
    return refusal(WitnessStatus::malformed, "the old size is larger than the checkpoint's");
  }
  const TreeHead latest = ledger.latest(log->origin);
  if (request->old_size != latest.size) return conflict(latest.size);
  if (!check_consistency(latest, request->proof, next) ||
      (next.size == 0 && next.root != empty_root())) {
    return refusal(WitnessStatus::not_proved, "not consistent with what we cosigned before");
  }
  const NoteSignature cosignature = sign_text(witness, note->text, now_seconds);
  // Two requests may have come this far with one old size: the ledger lets only one of them pass.
  // Durable before anybody hears of the signature.
  if (!ledger.replace(log->origin, latest, next, cosigned(*note, *signatures, cosignature))) {
    return conflict(ledger.latest(log->origin).size);
  }
  return {WitnessStatus::cosigned, "text/plain; charset=utf-8", format_signature_line(cosignature)};
}

std::string monitoring_path(std::string_view origin) {
  return to_hex(sha256(as_bytes(origin))) + "/checkpoint";
}

}  // namespace minhu::merkle
