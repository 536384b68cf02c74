#include "engines/merkle/policy.h"

#include <fmt/format.h>

#include <algorithm>

namespace minhu::merkle {

namespace {

std::map<std::string, std::string> counts(std::size_t have, const std::string& quorum) {
  return {{"have", std::to_string(have)}, {"quorum", quorum}};
}

}  // namespace

bool TrustPolicy::is_quorum(std::span<const std::string> witness_names) const {
  if (quorum == "none") return true;
  std::vector<std::string> enough(witness_names.begin(), witness_names.end());
  const auto is_enough = [&](const std::string& name) {
    return std::find(enough.begin(), enough.end(), name) != enough.end();
  };
  // A group names only what stands above it in the file.
  for (const Group& group : groups) {
    const auto members = std::count_if(group.members.begin(), group.members.end(), is_enough);
    if (static_cast<std::size_t>(members) >= group.threshold) enough.push_back(group.name);
  }
  return is_enough(quorum);
}

std::string fingerprint(const TrustPolicy& policy) {
  std::string text;
  for (const TrustPolicy::Log& log : policy.logs) {
    text += fmt::format("log {}\n", format_verifier_key(log.key));
  }
  for (const TrustPolicy::Witness& witness : policy.witnesses) {
    text += fmt::format("witness {} {}\n", witness.name, format_verifier_key(witness.key));
  }
  for (const TrustPolicy::Group& group : policy.groups) {
    text +=
        fmt::format("group {} {} {}\n", group.name, group.threshold, fmt::join(group.members, " "));
  }
  text += fmt::format("quorum {}\n", policy.quorum);

  constexpr std::size_t numbers = 8;
  const Hash whole = sha256(as_bytes(text));
  std::string shown;
  for (std::size_t i = 0; i < numbers; ++i) {
    shown += fmt::format("{}{:05}", i == 0 ? "" : " ", whole[2 * i] << 8U | whole[2 * i + 1]);
  }
  return shown;
}

std::optional<std::uint64_t> Accepted::time() const {
  if (witnesses.empty()) return std::nullopt;
  std::vector<std::uint64_t> times;
  for (const WitnessedAt& witness : witnesses) times.push_back(witness.seconds);
  std::sort(times.begin(), times.end());
  return times[(times.size() - 1) / 2];
}

Outcome check_signed_by_log(const TrustPolicy& policy, const Note& note,
                            const std::string& origin) {
  std::vector<VerifierKey> log_keys;
  for (const TrustPolicy::Log& log : policy.logs) {
    if (log.key.name == origin) log_keys.push_back(log.key);
  }
  if (log_keys.empty()) {
    // Not by its name: whoever wrote the file could write anything there.
    return fail(FaultCode::not_found, "merkle.unknown_log", "note");
  }
  MINHU_TRY(const std::vector<GoodSignature> of_log, check_signatures(note, log_keys));
  if (!of_log.empty()) return {};
  return fail(FaultCode::not_allowed, "merkle.log_signature_missing", "note",
              std::map<std::string, std::string>{{"origin", origin}});
}

Result<Accepted> accept_checkpoint(const TrustPolicy& policy, std::string_view note_text) {
  MINHU_TRY(const Note note, parse_note(note_text));
  MINHU_TRY(Checkpoint checkpoint, parse_checkpoint(note.text));
  MINHU_CHECK_OK(check_signed_by_log(policy, note, checkpoint.origin));

  std::vector<VerifierKey> witness_keys;
  for (const TrustPolicy::Witness& witness : policy.witnesses) witness_keys.push_back(witness.key);
  MINHU_TRY(const std::vector<GoodSignature> of_witnesses, check_signatures(note, witness_keys));
  Accepted accepted{std::move(checkpoint), {}};
  std::vector<std::string> names;
  for (const GoodSignature& signature : of_witnesses) {
    const auto which = static_cast<std::size_t>(signature.key - witness_keys.data());
    names.push_back(policy.witnesses[which].name);
    accepted.witnesses.push_back({names.back(), signature.seconds});
  }
  if (!policy.is_quorum(names)) {
    return fail(FaultCode::not_allowed, "merkle.quorum_missing", "note",
                counts(names.size(), policy.quorum));
  }
  return accepted;
}

}  // namespace minhu::merkle
