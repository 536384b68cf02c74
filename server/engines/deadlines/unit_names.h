// How packs write the units of time, for whoever shows a rule or has a sentence for each.
#pragma once

#include <string_view>

#include "engines/deadlines/deadlines.h"

namespace minhu::deadlines {

std::string_view name(Unit) noexcept;  // "working_days"

}  // namespace minhu::deadlines
