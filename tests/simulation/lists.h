// Whether lists say the same with what the process remembers of cases and without.
#pragma once

#include <string>

#include "program.h"

namespace minhu::simulation {

// The queue of an official, in calm weather; empty when both say the same.
std::string difference_in_queue(Program& program, const accounts::Account& official,
                                const std::string& part);

}  // namespace minhu::simulation
