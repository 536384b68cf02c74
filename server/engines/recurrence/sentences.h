// Inside the engine: which sentence a measured effect is told in, and with which notes.
#pragma once

#include "engines/recurrence/effect.h"

namespace minhu::recurrence {

// Sets `sentence` and `notes`; a fall of what was narrowed meanwhile becomes not_comparable.
void put_into_words(const Question& question, const Settings& settings, bool same_season,
                    Effect& effect);

}  // namespace minhu::recurrence
