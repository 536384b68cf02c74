// The tables of this feature, numbers 0300 to 0399 and 1121 to 1130.
#pragma once

#include <span>

#include "ports/storage.h"

namespace minhu::cases {

std::span<const Migration> migrations();

}  // namespace minhu::cases
