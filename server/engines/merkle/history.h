// Every checkpoint that was published, by its day in UTC: "history/2026/11/25" holds the notes one
// after the other. Without it nobody could say between which two checkpoints a leaf came in.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "kernel/civil_time.h"

namespace minhu::merkle {

// Bytes. Of a day on which a checkpoint is published as fast as can be.
constexpr std::size_t longest_history = 256'000'000;

std::string history_path(Date day_in_utc);
Date day_of(std::uint64_t seconds);

// What follows the last whole note (half of one, after a crash) is left out; the notes together are
// the first `whole` bytes. No note is believed yet.
struct HistoryDay {
  std::vector<std::string> notes;
  std::size_t whole = 0;
};
HistoryDay parse_history(std::string_view text);

}  // namespace minhu::merkle
