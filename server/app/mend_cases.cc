// Proving, re-computing and erasing: what an operator does with the cases as a whole.
#include <fmt/core.h>

#include <cstdio>

#include "app/chronicles.h"
#include "app/commands.h"
#include "app/terminal.h"
#include "features/accusations/keeping.h"
#include "features/cases/access.h"
#include "features/cases/key_tending.h"
#include "features/cases/rebuild.h"
#include "features/cases/steps.h"
#include "features/classes/marking.h"
#include "features/state_machine/rebuild.h"

namespace minhu::app {

namespace {

struct Opened {
  std::unique_ptr<Foundation> foundation;
  cases::County county;
  cases::Context as_system() const {
    return {county,
            foundation->keyring,
            foundation->entropy,
            foundation->clock.now(),
            {accounts::Role::system, {}, {}}};
  }
};

Result<Opened> open_county(const FoundationOptions& options) {
  MINHU_TRY(auto foundation, Foundation::open(options, WhenMissing::refuse));
  MINHU_TRY(auto county, foundation->county());
  return Opened{std::move(foundation), std::move(county)};
}

std::vector<cases::CaseId> cases_after(Reading& reading, RegionId region, cases::CaseId after) {
  const Uuid& start = after.uuid();
  return reading.all(
      "SELECT case_id FROM case_file WHERE region_id = ?1 AND case_id > ?2 ORDER BY case_id "
      "LIMIT 500",
      {param(region), BytesView(start)}, [](const Row& row) { return row.id<cases::CaseId>(0); });
}

// Whether nothing was different.
bool rebuild_chronicle(const Opened& opened, const state_machine::Chronicle& chronicle,
                       const RebuildOptions& options) {
  using state_machine::OnDifference;
  const auto rebuilt = state_machine::rebuild(
      *opened.foundation->database, opened.county.region, chronicle,
      options.repair ? OnDifference::repair : OnDifference::report, options.sample);
  for (const Uuid& id : rebuilt.different) {
    std::fprintf(stderr, "different: %s %s\n", std::string(chronicle.name()).c_str(),
                 format_uuid(id).c_str());
  }
  finish(fmt::format("rebuilt {} {}s from {} events, {} different", rebuilt.subjects,
                     chronicle.name(), rebuilt.events, rebuilt.different.size()));
  return rebuilt.different.empty();
}

}  // namespace

int rebuild(const FoundationOptions& foundation_options, const RebuildOptions& options) {
  const auto opened = open_county(foundation_options);
  if (!opened) return refuse(opened.error());
  const auto rebuilt = cases::rebuild(
      *opened->foundation->database, opened->county.region,
      options.repair ? cases::OnDifference::repair : cases::OnDifference::report, options.sample);
  for (const cases::CaseId id : rebuilt.different) {
    std::fprintf(stderr, "different: %s\n", id.text().c_str());
  }
  finish(fmt::format("rebuilt {} cases from {} events, {} different, {} stray queue entries",
                     rebuilt.cases, rebuilt.events, rebuilt.different.size(),
                     rebuilt.stray_queue_entries));
  bool whole = rebuilt.different.empty() && rebuilt.stray_queue_entries == 0;
  for (const state_machine::Chronicle* chronicle : chronicles()) {
    whole = rebuild_chronicle(*opened, *chronicle, options) && whole;
  }
  if (options.repair) {
    (void)classes::mark_members(*opened->foundation->database, opened->county.region);
  }
  return whole || options.repair ? done : not_done;
}

int recompute_clocks(const FoundationOptions& foundation_options) {
  const auto opened = open_county(foundation_options);
  if (!opened) return refuse(opened.error());
  std::int64_t moved = 0;
  std::int64_t looked_at = 0;
  cases::CaseId after;
  for (;;) {
    const auto ids = opened->foundation->database->read(
        [&](Reading& reading) { return cases_after(reading, opened->county.region, after); });
    if (ids.empty()) break;
    after = ids.back();
    std::int64_t moved_here = 0;
    const Outcome kept = opened->foundation->database->write_job([&](Transaction& t) -> Outcome {
      moved_here = 0;
      for (const cases::CaseId id : ids) {
        const auto event = cases::recompute_clocks(t, opened->as_system(), id);
        if (event) ++moved_here;
        if (!event && event.error().key != "cases.clocks_stand") {
          return tl::unexpected<Fault>(event.error());
        }
      }
      return {};
    });
    if (!kept) return refuse(kept.error());
    moved += moved_here;
    looked_at += static_cast<std::int64_t>(ids.size());
    progress(fmt::format("{} cases", looked_at));
  }
  return finish(fmt::format("clocks of {} of {} cases moved", moved, looked_at));
}

int erase(const FoundationOptions& foundation_options, const std::string& number,
          const std::string& basis) {
  const auto opened = open_county(foundation_options);
  if (!opened) return refuse(opened.error());
  const auto parsed = cases::parse_number(number);
  if (!parsed) return refuse(parsed.error());
  const auto event =
      opened->foundation->database->write([&](Transaction& t) -> Result<cases::Event> {
        const auto id = cases::find_by_number(t, opened->as_system(), *parsed);
        if (!id) return fail(FaultCode::not_found, "cases.not_found");
        accusations::shred(t, opened->county.region, *id);
        return cases::erase(t, opened->as_system(), *id, basis);
      });
  if (!event) return refuse(event.error());
  const cases::Installation installation{*opened->foundation->database, opened->county,
                                         opened->foundation->keyring, opened->foundation->entropy,
                                         opened->foundation->clock};
  if (const auto tended = cases::tend_keys_to_the_end(installation); !tended) {
    return refuse(tended.error());
  }
  return finish(fmt::format("erased {}", cases::show_number(*parsed)));
}

}  // namespace minhu::app
