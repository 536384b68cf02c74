// The folder policies/ on disk: packs and calendars as an operator keeps them.
#pragma once

#include <filesystem>
#include <string_view>

#include "engines/deadlines/deadlines.h"

namespace minhu::policies {

// packs/*.toml and calendars/<prefix>*.toml. The Fault names the file, the line and the reason.
Result<deadlines::RuleBook> read_rule_book(const std::filesystem::path& folder,
                                           std::string_view calendar_prefix = "cn-");

}  // namespace minhu::policies
