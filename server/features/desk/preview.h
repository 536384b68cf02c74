// A step as its speaker would read it, before it is taken.
#pragma once

#include <vector>

#include "features/cases/reading.h"
#include "features/cases/steps.h"
#include "ports/storage.h"

namespace minhu::desk {

struct Preview {
  cases::Event event;
  cases::CaseView speakers_view;          // everything that the speaker's page is made of
  bool speaker_reads = false;             // whether that page shows the step at all
  std::vector<cases::TextOfEvent> texts;  // those of the step that the speaker reads
  std::vector<UnitId> units;              // that may read it
  std::int64_t joined = 0;                // other speakers who would get the same answer
};

// The step is really taken and then undone before anybody can see it: what is shown is what would
// be, by the same guards and the same lists of what may be shown. Its faults are those of
// cases::take_step.
Result<Preview> preview_step(Database& database, const cases::Context& context, cases::CaseId id,
                             const cases::Step& step);

}  // namespace minhu::desk
