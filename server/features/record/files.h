// The files of the record as the engine asks for them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engines/merkle/tile_reader.h"
#include "kernel/civil_time.h"
#include "ports/log_files.h"

namespace minhu::record {

inline constexpr const char* checkpoint_path = "checkpoint";

// Reads from `files`, which must outlive it. A partial tile that was removed because the whole one
// is there is cut from that one.
merkle::Fetch fetch_from(const LogFiles& files);

// "history/2026/11/25", by the day in UTC.
std::string history_path(Instant at);

// The signed notes of a day's history, one after the other as they were appended. What follows the
// last whole note (half of one, after a crash) is left out; `whole` is how many bytes were not.
struct History {
  std::vector<std::string> notes;
  std::size_t whole = 0;
};
History parse_history(std::string_view text);

}  // namespace minhu::record
