// The schema of the whole program: the steps of every feature in one order.
#pragma once

#include <vector>

#include "ports/storage.h"

namespace minhu::app {

std::vector<Migration> schema();  // by number

}  // namespace minhu::app
