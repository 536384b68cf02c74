// The files of the record as the engine asks for them.
#pragma once

#include <string>

#include "engines/merkle/history.h"
#include "engines/merkle/tile_reader.h"
#include "kernel/civil_time.h"
#include "ports/log_files.h"

namespace minhu::record {

inline constexpr const char* checkpoint_path = "checkpoint";

// Reads from `files`, which must outlive it.
merkle::Fetch fetch_from(const LogFiles& files);

// "history/2026/11/25", by the day in UTC.
std::string history_path(Instant at);

// Partial tiles of sizes that were published stay until the whole tile is part of what is
// published: of the tree of size `before` those that `after` has whole go.
void remove_replaced(LogFiles& files, std::uint64_t before, std::uint64_t after);

}  // namespace minhu::record
