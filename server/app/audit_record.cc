// `minhu record audit --data`: everything against everything, with the keys.
#include <fmt/core.h>

#include <cstdio>

#include "adapters/record_files/record_files.h"
#include "app/chronicles.h"
#include "app/commands.h"
#include "app/record_setup.h"
#include "app/record_statement.h"
#include "app/sentences.h"
#include "app/terminal.h"
#include "features/record/completeness.h"

namespace minhu::app {

namespace {

constexpr std::int64_t most_shown = 200;

}  // namespace

int audit_record(const FoundationOptions& options, const std::filesystem::path& statement) {
  auto opened = Foundation::open(options, WhenMissing::refuse);
  if (!opened) return refuse(opened.error());
  Foundation& foundation = **opened;
  const auto profile = foundation.profile();
  if (!profile) return refuse(profile.error());
  const auto setup = read_record_setup(foundation.folder);
  if (!setup) return refuse(setup.error());
  const auto county = foundation.county();
  if (!county) return refuse(county.error());
  std::optional<merkle::CheckedStatement> stated;
  if (!statement.empty()) {
    auto checked = read_statement(statement, setup->policy);
    if (!checked) return refuse(checked.error());
    stated = std::move(*checked);
  }
  const record_files::FolderFiles files(record_files_folder(foundation.folder));
  const merkle::VerifierKey log = setup->log->verifier();
  std::int64_t shown = 0;
  const record::AuditParts parts{
      *foundation.database, profile->region, foundation.keyring, files, chronicles(), &log};
  const record::OnFinding tell = [&](const Fault& finding) {
    if (shown++ < most_shown) {
      std::fprintf(stderr, "minhu: %s\n", terminal_language().say(finding).c_str());
    }
  };
  auto audited = record::audit(parts, tell);
  if (stated) audited.findings += record::audit_statement(parts, *county, *stated, tell);
  if (audited.waiting > 0) {
    finish(fmt::format("{} steps from before their leaves wait for the next start of the server",
                       audited.waiting));
  }
  finish(
      fmt::format("audited {} cases, {} classes, visits, plans, promises and others, {} events, {} "
                  "leaves, {} entries, "
                  "{} files, {} checkpoints: {} findings",
                  audited.cases, audited.others, audited.events, audited.leaves, audited.entries,
                  audited.files, audited.checkpoints, audited.findings));
  return audited.findings == 0 ? done : not_done;
}

}  // namespace minhu::app
