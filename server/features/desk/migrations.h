#pragma once

#include <span>

#include "ports/storage.h"

namespace minhu::desk {

std::span<const Migration> migrations();  // numbers 0801 to 0849

}  // namespace minhu::desk
