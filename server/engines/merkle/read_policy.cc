// The policy file, line by line.
#include <algorithm>
#include <set>

#include "engines/merkle/lines.h"
#include "engines/merkle/policy.h"

namespace minhu::merkle {

namespace {

constexpr std::size_t longest_policy = 1'000'000;  // bytes
constexpr std::string_view no_quorum = "none";

std::vector<std::string> words_of(std::string_view line) {
  constexpr std::string_view blanks = " \t";
  std::vector<std::string> words;
  for (std::size_t begin = 0; (begin = line.find_first_not_of(blanks, begin)) != line.npos;) {
    const std::size_t end = std::min(line.find_first_of(blanks, begin), line.size());
    words.emplace_back(line.substr(begin, end - begin));
    begin = end;
  }
  return words;
}

bool may_stand_in_a_policy(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte == '\t' || (byte >= 0x20 && byte != 0x7F);
}

class Reader {
 public:
  Outcome read(std::string_view line) {
    ++line_;
    if (!std::all_of(line.begin(), line.end(), may_stand_in_a_policy)) {
      return wrong("merkle.policy_control_character");
    }
    const std::vector<std::string> words = words_of(line);
    if (words.empty() || words.front().starts_with('#')) return {};
    if (words.front() == "log") return read_log(words);
    if (words.front() == "witness") return read_witness(words);
    if (words.front() == "group") return read_group(words);
    if (words.front() == "quorum") return read_quorum(words);
    return wrong("merkle.policy_line_unknown");
  }

  Result<TrustPolicy> finish() {
    if (policy_.quorum.empty()) return wrong("merkle.policy_without_quorum");
    return std::move(policy_);
  }

 private:
  tl::unexpected<Fault> wrong(const char* key) const {
    return fail(FaultCode::invalid_input, key, "policy",
                std::map<std::string, std::string>{{"line", std::to_string(line_)}});
  }

  Result<VerifierKey> key_of(const std::string& word, KeyKind kind) const {
    const auto key = parse_verifier_key(word);
    if (!key || key->kind != kind) return wrong("merkle.policy_key_broken");
    return *key;
  }

  Outcome read_log(const std::vector<std::string>& words) {
    if (words.size() < 2 || words.size() > 3) return wrong("merkle.policy_line_unknown");
    MINHU_TRY(const VerifierKey key, key_of(words[1], KeyKind::ed25519));
    for (const TrustPolicy::Log& log : policy_.logs) {
      if (log.key.key == key.key) return wrong("merkle.policy_key_twice");
    }
    policy_.logs.push_back({key, words.size() > 2 ? words[2] : ""});
    return {};
  }

  Outcome read_witness(const std::vector<std::string>& words) {
    if (words.size() < 3 || words.size() > 4) return wrong("merkle.policy_line_unknown");
    MINHU_TRY(const VerifierKey key, key_of(words[2], KeyKind::cosignature_v1));
    for (const TrustPolicy::Witness& witness : policy_.witnesses) {
      if (witness.key.key == key.key) return wrong("merkle.policy_key_twice");
    }
    MINHU_CHECK_OK(define(words[1]));
    policy_.witnesses.push_back({words[1], key, words.size() > 3 ? words[3] : ""});
    return {};
  }

  Outcome read_group(const std::vector<std::string>& words) {
    if (words.size() < 4) return wrong("merkle.policy_line_unknown");
    TrustPolicy::Group group{words[1], 0, {words.begin() + 3, words.end()}};
    const std::size_t members = group.members.size();
    if (words[2] == "any") {
      group.threshold = 1;
    } else if (words[2] == "all") {
      group.threshold = members;
    } else {
      const auto number = parse_decimal(words[2]);
      if (!number || *number == 0 || *number > members) return wrong("merkle.policy_threshold");
      group.threshold = static_cast<std::size_t>(*number);
    }
    for (const std::string& member : group.members) {
      if (!defined_.contains(member)) return wrong("merkle.policy_name_unknown");
      // Each witness counts on one way only.
      if (!members_.insert(member).second) return wrong("merkle.policy_member_twice");
    }
    MINHU_CHECK_OK(define(group.name));
    policy_.groups.push_back(std::move(group));
    return {};
  }

  Outcome read_quorum(const std::vector<std::string>& words) {
    if (words.size() != 2) return wrong("merkle.policy_line_unknown");
    if (!policy_.quorum.empty()) return wrong("merkle.policy_quorum_twice");
    if (words[1] != no_quorum && !defined_.contains(words[1])) {
      return wrong("merkle.policy_name_unknown");
    }
    policy_.quorum = words[1];
    return {};
  }

  Outcome define(const std::string& name) {
    if (name == no_quorum || !defined_.insert(name).second)
      return wrong("merkle.policy_name_taken");
    return {};
  }

  TrustPolicy policy_;
  std::set<std::string, std::less<>> defined_;
  std::set<std::string, std::less<>> members_;
  std::size_t line_ = 0;
};

}  // namespace

Result<TrustPolicy> parse_policy(std::string_view text) {
  if (text.size() > longest_policy) return fail(FaultCode::too_large, "merkle.policy_too_long");
  Reader reader;
  while (!text.empty()) {
    const auto line = take_line(text);
    // Whoever edits the file may leave its last line open; there is no doubt what it says.
    MINHU_CHECK_OK(reader.read(line ? *line : text));
    if (!line) break;
  }
  return reader.finish();
}

}  // namespace minhu::merkle
