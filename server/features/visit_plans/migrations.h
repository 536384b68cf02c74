#pragma once

#include <span>

#include "ports/storage.h"

namespace minhu::visit_plans {

std::span<const Migration> migrations();  // numbers 1220 to 1234

}  // namespace minhu::visit_plans
