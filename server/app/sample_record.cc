// `minhu record sample` and `check-sample`: public figures, audited by leaves that nobody could
// choose.
#include <fmt/core.h>

#include <cstdio>
#include <fstream>
#include <map>

#include "adapters/record_files/record_files.h"
#include "app/chronicles.h"
#include "app/commands.h"
#include "app/files.h"
#include "app/record_setup.h"
#include "app/sentences.h"
#include "app/terminal.h"
#include "engines/merkle/history.h"
#include "features/record/sample.h"

namespace minhu::app {

namespace {

Outcome write_text(const std::filesystem::path& path, const std::string& text) {
  std::ofstream out(path, std::ios::binary);
  out << text << std::flush;
  if (out) return {};
  return fail(FaultCode::unavailable, "app.cannot_make_folder", "out",
              std::map<std::string, std::string>{{"folder", path.string()}, {"reason", "-"}});
}

// Whether the draw was the first that the record published on its day: that it was not chosen among
// several. Only a history from elsewhere (a monitor's mirror) can say so.
Outcome check_first_of_day(const std::filesystem::path& history, const merkle::Accepted& draw,
                           const merkle::TrustPolicy& policy) {
  MINHU_TRY(const std::string text, contents_of(history, merkle::longest_history));
  for (const std::string& note : merkle::parse_history(text).notes) {
    const auto first = merkle::accept_checkpoint(policy, note);
    if (!first) continue;
    if (first->checkpoint == draw.checkpoint) return {};
    break;
  }
  return fail(FaultCode::conflict, "record.draw_not_first", "history");
}

std::string shown(std::uint64_t seconds) {
  return format_instant({static_cast<std::int64_t>(seconds) * 1000});
}

}  // namespace

int sample_record(const FoundationOptions& foundation_options, const SampleRecordOptions& options) {
  auto opened = Foundation::open(foundation_options, WhenMissing::refuse);
  if (!opened) return refuse(opened.error());
  Foundation& foundation = **opened;
  const auto profile = foundation.profile();
  if (!profile) return refuse(profile.error());
  const auto setup = read_record_setup(foundation.folder);
  if (!setup) return refuse(setup.error());
  const auto audited = contents_of(options.checkpoint);
  if (!audited) return refuse(audited.error());
  const record_files::FolderFiles files(record_files_folder(foundation.folder));
  const auto sample = foundation.database->read([&](Reading& reading) {
    return record::sample_of(reading, profile->region, foundation.keyring, chronicles(), files,
                             setup->policy, *audited, options.count, foundation.clock.now());
  });
  if (!sample) return refuse(sample.error());
  if (const auto written = write_text(options.out, merkle::format_sample(*sample)); !written) {
    return refuse(written.error());
  }
  return finish(fmt::format("{} leaves opened or said to stand for nobody in {}",
                            sample->leaves.size(), options.out.string()));
}

int check_record_sample(const CheckSampleOptions& options) {
  const auto policy_text = contents_of(options.policy);
  if (!policy_text) return refuse(policy_text.error());
  const auto policy = merkle::parse_policy(*policy_text);
  if (!policy) return refuse(policy.error());
  const auto text = contents_of(options.sample, merkle::longest_sample);
  if (!text) return refuse(text.error());
  const auto sample = merkle::parse_sample(*text);
  if (!sample) return refuse(sample.error());
  const auto checked = merkle::check_sample(*policy, *sample);
  if (!checked) return refuse(checked.error());
  if (!options.history.empty()) {
    const auto first = check_first_of_day(options.history, checked->draw, *policy);
    if (!first) return refuse(first.error());
  } else {
    std::fprintf(stderr, "%s\n", terminal_language().say("record.draw_unseen").c_str());
  }
  std::size_t covers = 0;
  std::puts("index,written,kind,happened,by,due");
  for (const merkle::CheckedSample::Event& event : checked->events) {
    if (!event.payload) {
      ++covers;
      continue;
    }
    const merkle::EventPayload& payload = *event.payload;
    std::puts(fmt::format("{},{},{},{},{},{}", event.index, shown(event.written), payload.kind,
                          shown(payload.happened), payload.by,
                          payload.due ? shown(*payload.due) : "")
                  .c_str());
  }
  return finish(fmt::format("checked {} leaves of {}, {} of them said to stand for nobody",
                            checked->events.size(), checked->audited.checkpoint.head.size, covers));
}

}  // namespace minhu::app
