#pragma once

#include <span>

#include "ports/storage.h"

namespace minhu::visits {

std::span<const Migration> migrations();  // numbers 1201 to 1219

}  // namespace minhu::visits
