// The tables of the record. Numbers 1101 to 1119.
#pragma once

#include <span>

#include "ports/storage.h"

namespace minhu::record {

std::span<const Migration> migrations();

}  // namespace minhu::record
