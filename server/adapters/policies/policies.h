// Packs and calendars as an operator keeps them: the files built into the program, or a folder on
// disk in their place.
#pragma once

#include <filesystem>
#include <span>
#include <string_view>

#include "engines/deadlines/deadlines.h"
#include "kernel/embedded_file.h"

namespace minhu::policies {

// packs/*.toml and calendars/<prefix>*.toml. The Fault names the file, the line and the reason;
// policies.calendars_overlap names two calendars that speak of one day.
Result<deadlines::RuleBook> read_rule_book(std::span<const EmbeddedFile> files,
                                           std::string_view calendar_prefix = "cn-");
Result<deadlines::RuleBook> read_rule_book(const std::filesystem::path& folder,
                                           std::string_view calendar_prefix = "cn-");

}  // namespace minhu::policies
