// What was published, in the files of one server: each checkpoint at the end of its day's history,
// the last one as the checkpoint.
#pragma once

#include <span>
#include <string>

#include "features/record/published.h"
#include "ports/log_files.h"

namespace minhu::record {

// Goes on wherever a crash or a full disk cut it off: half a note is taken away, and what the
// history of a day holds already is not written into it again. A checkpoint that came twice would
// look to whoever watches as if it had been published in another order.
class PublishedFiles {
 public:
  // `files` outlives it. Nobody else writes the same files.
  explicit PublishedFiles(LogFiles& files) : files_(files) {}

  // In order of size. After a fault of the files the same call may be made again.
  Outcome write(std::span<const PublishedNote> notes);

 private:
  Outcome begin_day(std::string path);

  LogFiles& files_;
  std::string path_;           // of the history that was written last
  std::uint64_t in_path_ = 0;  // the size of the last checkpoint in it
};

}  // namespace minhu::record
