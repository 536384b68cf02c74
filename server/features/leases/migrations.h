#pragma once

#include <span>

#include "ports/storage.h"

namespace minhu::leases {
std::span<const Migration> migrations();  // numbers 1290 to 1294; for the database of each lease
}
