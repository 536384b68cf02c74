// Checks a receipt against the public record, offline.
#include <fmt/core.h>

#include <cstdio>

#include "adapters/system/system.h"
#include "app/commands.h"
#include "app/files.h"
#include "app/sentences.h"
#include "app/terminal.h"
#include "engines/merkle/note_sm2.h"
#include "engines/merkle/promise.h"
#include "engines/merkle/receipt.h"
#include "kernel/civil_time.h"

namespace minhu::app {

namespace {

std::string shown(std::uint64_t seconds) {
  constexpr std::uint64_t year_9999 = 253'402'300'799;  // later ones have no date to show
  if (seconds > year_9999) return std::to_string(seconds);
  return format_instant({static_cast<std::int64_t>(seconds) * 1000});
}

void tell(std::string_view key, const catalogue::Details& details = {}) {
  std::fprintf(stderr, "%s\n", terminal_language().say(key, details).c_str());
}

void tell(const merkle::Opening& opening) {
  const merkle::EventPayload& event = opening.payload;
  tell("record.event", {{"number", std::to_string(event.number)},
                        {"kind", event.kind},
                        {"by", event.by},
                        {"happened", shown(event.happened)},
                        {"written", shown(opening.seconds)}});
  if (event.due) tell("record.due", {{"due", shown(*event.due)}});
}

std::string names_of(const std::vector<merkle::WitnessedAt>& witnesses, std::string_view between) {
  std::string names;
  for (const merkle::WitnessedAt& witness : witnesses) {
    if (!names.empty()) names += between;
    names += witness.witness;
  }
  return names;
}

struct Proved {
  merkle::Accepted accepted;
  std::optional<merkle::Opening> opening;
};

Outcome check_second(const std::string& key_text, const merkle::LogProof& proof) {
  if (key_text.empty()) return {};
  MINHU_TRY(const merkle::Sm2VerifierKey key, merkle::parse_sm2_key(key_text));
  MINHU_TRY(const merkle::Note note, merkle::parse_note(proof.checkpoint));
  return merkle::check_sm2_signature(note, key);
}

Result<Proved> prove(const VerifyRecordOptions& options, const merkle::LogProof& proof) {
  MINHU_TRY(const std::string policy_text, contents_of(options.policy));
  MINHU_TRY(const merkle::TrustPolicy policy, merkle::parse_policy(policy_text));
  if (options.entry.empty()) {
    MINHU_TRY(merkle::CheckedReceipt receipt, merkle::check_receipt(policy, proof));
    return Proved{std::move(receipt.accepted), std::move(receipt.opening)};
  }
  MINHU_TRY(const std::string entry, contents_of(options.entry));
  MINHU_TRY(merkle::Accepted accepted, merkle::check_log_proof(policy, proof, as_bytes(entry)));
  return Proved{std::move(accepted), std::nullopt};
}

// A promise proves nothing yet; once its time is over it is evidence. Either way only when the log
// has signed it.
int tell_promise(const VerifyRecordOptions& options, const std::string& text) {
  const auto policy_text = contents_of(options.policy);
  if (!policy_text) return refuse(policy_text.error());
  const auto policy = merkle::parse_policy(*policy_text);
  if (!policy) return refuse(policy.error());
  const auto promise = merkle::check_promise(*policy, text);
  if (!promise) return refuse(promise.error());
  const std::int64_t now = system::SystemClock().now().unix_ms / 1000;
  const bool is_over = promise->deadline < static_cast<std::uint64_t>(now);
  return refuse(Fault(FaultCode::unavailable,
                      is_over ? "merkle.promise_over" : "merkle.only_promised", std::string(),
                      {{"origin", promise->origin}, {"time", shown(promise->deadline)}}));
}

}  // namespace

int verify_record(const VerifyRecordOptions& options) {
  const auto text = contents_of(options.proof);
  if (!text) return refuse(text.error());
  if (merkle::is_promise(*text)) return tell_promise(options, *text);
  const auto proof = merkle::parse_log_proof(*text);
  if (!proof) return refuse(proof.error());
  const auto proved = prove(options, *proof);
  if (!proved) return refuse(proved.error());
  const auto second = check_second(options.sm2_key, *proof);
  if (!second) return refuse(second.error());

  const merkle::Checkpoint& checkpoint = proved->accepted.checkpoint;
  tell("record.stands", {{"origin", checkpoint.origin},
                         {"index", std::to_string(proof->index)},
                         {"size", std::to_string(checkpoint.head.size)}});
  const auto time = proved->accepted.time();
  if (time) {
    tell("record.witnessed",
         {{"time", shown(*time)}, {"witnesses", names_of(proved->accepted.witnesses, ", ")}});
  } else {
    tell("record.not_witnessed");
  }
  if (!options.sm2_key.empty()) tell("record.sm2_signed");
  if (proved->opening) {
    tell(*proved->opening);
  } else {
    tell("record.not_opened");
  }
  return finish(fmt::format("entry {} of {} in {}, witnesses {}", proof->index,
                            checkpoint.head.size, checkpoint.origin,
                            time ? names_of(proved->accepted.witnesses, ",") : "none"));
}

}  // namespace minhu::app
