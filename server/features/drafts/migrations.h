#pragma once

#include <span>

#include "ports/storage.h"

namespace minhu::drafts {
std::span<const Migration> migrations();  // numbers 0400 to 0499
}
