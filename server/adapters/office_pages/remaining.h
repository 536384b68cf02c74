// How much time a case has left, as a sentence: cases/time_left.h says how much.
#pragma once

#include <optional>
#include <string>

#include "adapters/office_pages/wording.h"
#include "features/cases/time_left.h"

namespace minhu::office_pages {

// Shown as a colour, always beside the words that say the same.
using Tone = cases::Nearness;
std::string_view css_class(Tone tone) noexcept;

struct Remaining {
  Tone tone = Tone::none;
  std::string key = "office.left.none";
  std::int64_t n = 0;
  std::optional<Instant> due;

  std::string words(const Wording& wording) const {
    return wording.say(key, {{"n", std::to_string(n)}});
  }
};

// Of the earliest duty of ours that runs.
Remaining remaining_time(const cases::County& county, const cases::CaseFile& file, Instant now);

}  // namespace minhu::office_pages
