// The stored form of a draft, sealed as one piece.
#pragma once

#include <string>
#include <string_view>

#include "features/drafts/drafts.h"

namespace minhu::drafts {

std::string to_json(const Draft& draft);
Draft draft_of(std::string_view json);  // only ever of what to_json wrote

}  // namespace minhu::drafts
