#pragma once

#include <span>

#include "ports/storage.h"

namespace minhu::knowledge {
std::span<const Migration> migrations();  // numbers 0821 to 0829
}
