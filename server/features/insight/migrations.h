#pragma once

#include <span>

#include "ports/storage.h"

namespace minhu::insight {

std::span<const Migration> migrations();  // numbers 0851 to 0899

}  // namespace minhu::insight
