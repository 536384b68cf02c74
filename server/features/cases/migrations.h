// The tables of this feature, numbers 0300 to 0399.
#pragma once

#include <span>

#include "ports/storage.h"

namespace minhu::cases {

std::span<const Migration> migrations();

}  // namespace minhu::cases
