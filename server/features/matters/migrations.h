#pragma once

#include <span>

#include "ports/storage.h"

namespace minhu::matters {

std::span<const Migration> migrations();  // numbers 1051 to 1099

}  // namespace minhu::matters
