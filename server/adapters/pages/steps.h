// The speaker's own steps as pages: one list, from which routes, buttons and forms are made.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "features/cases/steps.h"

namespace minhu::pages {

struct SpeakersStep {
  std::string_view path;                // below /t/{number}/, also the name of its sentences
  std::string_view permission;          // of accounts/permissions.h
  std::vector<cases::EventKind> kinds;  // the one of them that is open is taken
};
const std::vector<SpeakersStep>& speakers_steps();
const SpeakersStep* step_at(std::string_view path);

// The kind that this step would be now, or nothing when it is not open to the speaker.
std::optional<cases::EventKind> open_kind(const cases::Context& speaker,
                                          const cases::CaseFile& file, const SpeakersStep& step);

}  // namespace minhu::pages
