#include <fmt/core.h>

#include <algorithm>
#include <fstream>

#include "app/commands.h"
#include "app/record_setup.h"
#include "app/terminal.h"

namespace minhu::app {

namespace {

constexpr std::uintmax_t longest_policy = 1'000'000;  // bytes

Result<std::string> text_of(const std::filesystem::path& file) {
  std::error_code none;
  std::ifstream in(file, std::ios::binary);
  if (!in || std::filesystem::file_size(file, none) > longest_policy) {
    return fail(FaultCode::not_found, "app.cannot_read_file", "policy",
                std::map<std::string, std::string>{{"file", file.string()}});
  }
  return std::string((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
}

// A policy of this record: it names our own key under our own origin.
Outcome check(const merkle::TrustPolicy& policy, const RecordSetup& ours) {
  const bool names_us =
      std::any_of(policy.logs.begin(), policy.logs.end(), [&](const merkle::TrustPolicy::Log& log) {
        return merkle::format_verifier_key(log.key) == ours.identity.verifier_key;
      });
  if (names_us) return {};
  return fail(FaultCode::conflict, "app.policy_of_another_record", "policy",
              std::map<std::string, std::string>{{"folder", ours.identity.verifier_key}});
}

}  // namespace

int record_policy(const FoundationOptions& foundation, const std::filesystem::path& set) {
  const auto folder = open_data_folder(foundation.data, WhenMissing::refuse);
  if (!folder) return refuse(folder.error());
  const auto setup = read_record_setup(*folder);
  if (!setup) return refuse(setup.error());
  if (set.empty()) {
    std::fputs(setup->identity.policy.c_str(), stdout);
    return done;
  }
  const auto text = text_of(set);
  if (!text) return refuse(text.error());
  const auto policy = merkle::parse_policy(*text);
  if (!policy) return refuse(policy.error());
  if (const Outcome fits = check(*policy, *setup); !fits) return refuse(fits.error());
  if (const Outcome kept = keep_policy(*folder, *text); !kept) return refuse(kept.error());
  return finish(fmt::format("policy with {} witnesses, quorum {}; in force from the next start",
                            policy->witnesses.size(), policy->quorum));
}

}  // namespace minhu::app
