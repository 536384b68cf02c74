// The tables of this feature, numbers 0500 to 0599.
#pragma once

#include <span>

#include "ports/storage.h"

namespace minhu::messages {

std::span<const Migration> migrations();

}  // namespace minhu::messages
