// What the two commands of tours share: files in and out, the time allowed, and how to be
// interrupted.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

#include "app/end_signal.h"
#include "engines/tours/search.h"
#include "kernel/result.h"

namespace minhu::app {

// Faults not_found tours.cannot_read, too_large tours.file_too_large (details: file).
Result<std::string> read_tours_file(const std::filesystem::path& file);
// Written beside and renamed: what stood there before stays until all of it is there. Fault
// tours.cannot_write.
Outcome write_tours_file(const std::filesystem::path& file, const std::string& text);

struct ToursWork {
  double seconds = 10;
  std::int64_t iterations = 0;  // more than 0: in place of seconds
  std::uint64_t seed = 1;
  unsigned threads = 0;  // 0: as many as there are processors, at most 8
};
// `end` must live as long as the work. Fault tours.bad_time.
Result<tours::Work> tours_work(const ToursWork& options, const EndSignal& end);

}  // namespace minhu::app
