#pragma once

#include <span>

#include "ports/storage.h"

namespace minhu::receptions {
std::span<const Migration> migrations();  // numbers 1236 to 1249
}
