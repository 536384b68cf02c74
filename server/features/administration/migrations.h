// The tables of what administrators change.
#pragma once

#include <span>

#include "ports/storage.h"

namespace minhu::administration {

std::span<const Migration> migrations();  // numbers 0901 to 0949

}  // namespace minhu::administration
