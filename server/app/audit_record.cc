// `minhu record audit --data`: everything against everything, with the keys.
#include <fmt/core.h>

#include <cstdio>

#include "adapters/record_files/record_files.h"
#include "app/commands.h"
#include "app/record_setup.h"
#include "app/sentences.h"
#include "app/terminal.h"
#include "features/record/audit.h"

namespace minhu::app {

namespace {

constexpr std::int64_t most_shown = 200;

}  // namespace

int audit_record(const FoundationOptions& options) {
  auto opened = Foundation::open(options, WhenMissing::refuse);
  if (!opened) return refuse(opened.error());
  Foundation& foundation = **opened;
  const auto profile = foundation.profile();
  if (!profile) return refuse(profile.error());
  const auto setup = read_record_setup(foundation.folder);
  if (!setup) return refuse(setup.error());
  const record_files::FolderFiles files(record_files_folder(foundation.folder));
  const merkle::VerifierKey log = setup->log->verifier();
  std::int64_t shown = 0;
  const auto audited = record::audit(
      {*foundation.database, profile->region, foundation.keyring, files, &log},
      [&](const Fault& finding) {
        if (shown++ < most_shown) {
          std::fprintf(stderr, "minhu: %s\n", terminal_language().say(finding).c_str());
        }
      });
  finish(fmt::format(
      "audited {} cases, {} events, {} leaves, {} entries, {} files, {} checkpoints: {} findings",
      audited.cases, audited.events, audited.leaves, audited.entries, audited.files,
      audited.checkpoints, audited.findings));
  return audited.findings == 0 ? done : not_done;
}

}  // namespace minhu::app
