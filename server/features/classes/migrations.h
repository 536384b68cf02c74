// The tables of this feature, numbers 1001 to 1049.
#pragma once

#include <span>

#include "ports/storage.h"

namespace minhu::classes {

std::span<const Migration> migrations();

}  // namespace minhu::classes
