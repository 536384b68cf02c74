// A statement of completeness as a file (engines/merkle/completeness.h).
#pragma once

#include <filesystem>

#include "engines/merkle/completeness.h"

namespace minhu::app {

// Faults of contents_of and check_statement.
Result<merkle::CheckedStatement> read_statement(const std::filesystem::path& file,
                                                const merkle::TrustPolicy& policy);

}  // namespace minhu::app
