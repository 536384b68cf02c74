// From the reasons of the two engines to what a plan says: the three parts of a value in words,
// without its numbers, and never that somebody stays away from a place because of a case there.
// Inner header.
#pragma once

#include <vector>

#include "engines/silence/value.h"
#include "engines/tours/plan.h"

namespace minhu::visit_plans {

// `ever_seen`: false where nobody has come since words are known.
std::vector<silence::Reason> in_words(const std::vector<silence::Reason>& reasons, bool ever_seen);
silence::Reason in_words(const tours::Reason& reason);

}  // namespace minhu::visit_plans
