// The stored form of the silence of a village: JSON, numbers as the shortest text that reads back
// as the same. Inner header.
#pragma once

#include <string>
#include <string_view>

#include "engines/silence/value.h"

namespace minhu::visit_plans {

std::string text_of(const silence::Quiet& quiet);
// StorageFailure when it is not what text_of writes.
silence::Quiet quiet_in(std::string_view text, Date since);

}  // namespace minhu::visit_plans
