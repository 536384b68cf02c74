// The tables of this feature, numbers 1250 to 1269.
#pragma once

#include <span>

#include "ports/storage.h"

namespace minhu::promises {

std::span<const Migration> migrations();

}  // namespace minhu::promises
