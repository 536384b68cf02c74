// A folder whose contents nobody may find, while a command works in it.
#pragma once

#include <atomic>
#include <filesystem>
#include <thread>

#include "app/end_signal.h"

namespace minhu::app {

// While it lives, SIGTERM, SIGINT and SIGHUP remove the folder, say so and end the program with
// `not_done`: by themselves they would end it and leave everything there. One in a process, as of
// EndSignal.
class RemovedOnSignal {
 public:
  explicit RemovedOnSignal(std::filesystem::path folder);
  RemovedOnSignal(const RemovedOnSignal&) = delete;
  RemovedOnSignal& operator=(const RemovedOnSignal&) = delete;
  ~RemovedOnSignal();

 private:
  void remove() const;

  const std::filesystem::path folder_;
  EndSignal signal_;
  std::atomic<bool> is_over_{false};
  std::thread waiting_;
};

}  // namespace minhu::app
